"""The build compiles the tables of data/ into the store that a wheel carries.

The tables go into the wheel too: they are the reviewed source, and what ``gazetteer
check`` reads. An editable install has no store; a checkout compiles its tables into the
user's cache directory when they are first asked for.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StoreBuildHook(BuildHookInterface[Any]):
    """Adds ``gazetteer/_data/default.gaz`` to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the store before the files of the wheel are gathered."""
        self._folder = ""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from gazetteer.index.directory import compile_directory

        self._folder = tempfile.mkdtemp(prefix="gazetteer-build-")
        store = Path(self._folder) / "default.gaz"
        compile_directory(root / "data", store)
        build_data["force_include"][str(store)] = "gazetteer/_data/default.gaz"

    def finalize(
        self,
        version: str,  # noqa: ARG002
        build_data: dict[str, Any],  # noqa: ARG002
        artifact_path: str,  # noqa: ARG002
    ) -> None:
        """Take the compiled store away."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
