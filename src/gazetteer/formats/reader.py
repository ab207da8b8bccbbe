"""What every reader gives: places one after another, then what is true of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from gazetteer.formats.faults import Faults
from gazetteer.formats.inputs import no_progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.formats.inputs import Progress
    from gazetteer.model import Authority, Dispute, Phrase, Place, Source

__all__ = ["Reader"]


class Reader:
    """The places of a source in some format.

    The other attributes are complete when `places` has come to its end: a file tells
    of its sources as it goes.

    Attributes:
        format: its name, as the command line has it.
        faults: what was wrong, and what was left out.
        sources, authorities, disputes: by key.
        perspectives: the rules that come with the places, as TOML; empty for none.
        version: of the data, as far as the source tells it; empty if it does not.
    """

    format: ClassVar[str] = ""

    def __init__(self, faults: Faults | None = None) -> None:
        """Read nothing yet."""
        self.faults = faults or Faults()
        self.sources: dict[str, Source] = {}
        self.authorities: dict[str, Authority] = {}
        self.disputes: dict[str, Dispute] = {}
        self.phrases: Sequence[Phrase] = ()
        self.perspectives = ""
        self.version = ""

    def places(self, progress: Progress = no_progress) -> Iterator[Place]:
        """Yield the places, in an order that depends on the source alone.

        Args:
            progress: is told what is being done and how far it has come.

        Raises:
            DataError: listing faults with file and line, unless they are skipped.
        """
        raise NotImplementedError
