"""Places become a store: one file that is mapped into memory and searched.

`compile_places` takes places one after the other, so that memory does not grow with
the size of what is read; `gazetteer build` and the cache of a user's own tables both
call it. The same places in the same order give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from gazetteer.model import Authority, Dispute, Phrase, Place, Source

__all__ = ["Compiled", "Progress", "compile_places"]


class Progress(Protocol):
    """What is told while a store is being compiled, about every 5,000 steps."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear of progress.

        Args:
            stage: ``places``, ``names``, ``keys``, ``classes``, ``nearness`` or
                ``writing``, in this order.
            done: steps done of this stage: places read, distinct names folded and so
                on.
            total: of how many; 0 where it is not known, as while places are read.
        """


class Compiled(NamedTuple):
    """What a store holds, as counted when it was written.

    Attributes:
        names: toponyms.
        texts: distinct written names.
        keys: distinct match keys.
        size: of the file, in bytes.
        content: hash of the content, 32 hexadecimal digits.
    """

    places: int
    names: int
    texts: int
    keys: int
    size: int
    content: str


def compile_places(
    places: Iterable[Place],
    path: str | os.PathLike[str],
    *,
    version: str = "",
    disputes: Iterable[Dispute] = (),
    authorities: Iterable[Authority] = (),
    sources: Iterable[Source] = (),
    phrases: Iterable[Phrase] = (),
    perspectives: str = "",
    progress: Progress | None = None,
) -> Compiled:
    """Write places, and what is found by their names, into one file.

    The file is written beside the path and renamed over it at the end: killed at any
    moment, this leaves the old file or none. Memory is bounded by the number of
    distinct names and not by what is said of the places: about 120 bytes a name while
    the keys are sorted.

    Args:
        places: whole places, each with its toponyms (with their usages), relations and
            links, in any order; it is kept. Ids of places and of names must be unique.
        path: where the store is to be; by habit it ends in ``.gaz``.
        version: of the data, as answers cite it.
        disputes, authorities, sources, phrases: rows that the places refer to.
        perspectives: the text of a perspectives.toml, if there is one.
        progress: told how far the work is.

    Raises:
        ValueError: if two places have one id, or a row is about another place than the
            one that holds it.
        OSError: if the file cannot be written.
    """
    raise NotImplementedError
