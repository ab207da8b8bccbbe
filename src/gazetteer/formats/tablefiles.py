"""Directories of this project's own tables, the first one winning."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from gazetteer.formats.inputs import no_progress
from gazetteer.formats.reader import Reader
from gazetteer.tables import load_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gazetteer.formats.faults import Faults
    from gazetteer.formats.inputs import Progress
    from gazetteer.model import Place

__all__ = ["TableFiles"]


class TableFiles(Reader):
    """The places of directories of tables, by id.

    Joining them follows links from one directory to another, so they are held in memory
    whole: about 1 kB a name.
    """

    format: ClassVar[str] = "tables"

    def __init__(
        self, directories: Sequence[Path], faults: Faults | None = None
    ) -> None:
        """Read the directories.

        Raises:
            DataNotFoundError, DataError: as `gazetteer.tables.load_tables` says.
        """
        super().__init__(faults)
        self.tables = load_tables(*directories)
        self.sources = dict(self.tables.sources)
        self.authorities = dict(self.tables.authorities)
        self.disputes = dict(self.tables.disputes)
        self.phrases = self.tables.phrases
        self.version = self.tables.version

    def places(self, progress: Progress = no_progress) -> Iterator[Place]:
        """Yield the places; see `Reader.places`."""
        yield from self.tables.places.values()
        count = len(self.tables.places)
        progress("joining tables", count, 1.0)
