"""The build compiles the tables of data/ into the store that a wheel carries.

The tables do not go into the wheel: the store has all of them, at a tenth of the time,
and both together would double what is downloaded. ``gazetteer export`` writes them
again. What a shell completes is told by a list of the languages that names are in. An
editable install has no store; a checkout compiles its tables into the user's cache
directory when they are first asked for.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StoreBuildHook(BuildHookInterface[Any]):
    """Adds ``default.gaz`` and ``languages.txt`` to ``gazetteer/_data`` of a wheel."""

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
        languages = Path(self._folder) / "languages.txt"
        with (root / "data" / "names.csv").open(encoding="utf-8", newline="") as rows:
            tags = {row["lang"] for row in csv.DictReader(rows)}
        languages.write_text("\n".join([*sorted(tags), ""]), "utf-8")
        for made in (store, languages):
            build_data["force_include"][str(made)] = f"gazetteer/_data/{made.name}"

    def finalize(
        self,
        version: str,  # noqa: ARG002
        build_data: dict[str, Any],  # noqa: ARG002
        artifact_path: str,  # noqa: ARG002
    ) -> None:
        """Take the compiled store away."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
