"""The packages that only an integration needs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from gazetteer.integrations.errors import MissingExtraError

__all__ = ["need"]


def need(package: str, extra: str) -> Any:
    """Import a package that is not installed with this one.

    Args:
        package: what is imported, such as ``a.b``.
        extra: of this package, that installs it.

    Raises:
        MissingExtraError: naming the extra.
    """
    try:
        return import_module(package)
    except ModuleNotFoundError as error:
        top = package.partition(".")[0]
        if error.name is not None and error.name.partition(".")[0] != top:
            raise  # it is installed, and lacks something itself
        raise MissingExtraError(top, extra) from error
