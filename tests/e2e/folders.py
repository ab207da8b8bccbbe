"""Where a script leaves what it makes: in a folder that is named, or nowhere."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def in_folder(main: Callable[[Path], None]) -> None:
    """Run a script in the folder that its command names, to be looked at afterwards."""
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        main(folder)
    else:
        with tempfile.TemporaryDirectory(prefix="gazetteer-e2e-") as name:
            main(Path(name))
