"""Places become a store: one file that is mapped into memory and searched.

`compile_places` takes places one after the other, so that memory does not grow with
what is said of them; `gazetteer build` and the cache of a user's own tables both call
it. The same places in the same order give the same bytes.
"""

from __future__ import annotations

import io
from array import array
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol
from unicodedata import is_normalized
from zlib import crc32

from gazetteer.folding import bag_key, class_key, digraph_key, has_digraph
from gazetteer.index.edits import ONE_EDIT_FROM, TWO_EDITS_FROM
from gazetteer.index.keys import as_written, is_nothing_but_a_name, keys_of, tidy
from gazetteer.index.paths import each_of, write_paths
from gazetteer.store.collect import About, PlaceCollector
from gazetteer.store.probe import add_pairs, as_bytes
from gazetteer.store.store import Store
from gazetteer.store.write import StoreWriter
from gazetteer.writing import whole_file

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from gazetteer.index.spool import Numbered, Spool
    from gazetteer.model import Authority, Dispute, Phrase, Place, Source

__all__ = ["Compiled", "Progress", "compile_in_memory", "compile_places"]

_STEP: Final = 2_000
_NONE: Final = 0xFFFF_FFFF


class Progress(Protocol):
    """What is told while a store is being compiled, about every 2,000 steps."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear of progress.

        Args:
            stage: ``places``, ``names``, ``keys`` and ``nearness``, in this order.
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
    made_from: str = "",
    progress: Progress | None = None,
) -> Compiled:
    """Write places, and what is found by their names, into one file.

    The file is written beside the path and renamed over it at the end: killed at any
    moment, this leaves the old file or none. Memory is bounded by the number of names
    and not by what is said of the places.

    Args:
        places: whole places, each with its toponyms (with their usages), relations and
            links, in any order; it is kept. Ids of places and of names must be unique.
        path: where the store is to be; by habit it ends in ``.gaz``.
        version: of the data, as answers cite it.
        disputes: rows that the places refer to.
        authorities: likewise.
        sources: likewise.
        phrases: fixed phrases in which nothing is a place name.
        perspectives: the text of a perspectives.toml, if there is one.
        made_from: hash of what was read.
        progress: told how far the work is.

    Raises:
        ValueError: if two places have one id, a row is about another place than the
            one that holds it, or a text has a control character from U+001C to U+001F.
        WriteError: if the file cannot be written.
    """
    about = About(
        version,
        disputes,
        authorities,
        sources,
        phrases,
        perspectives,
        made_from,
    )
    with whole_file(path) as stream:
        return _compile(StoreWriter(stream), places, about, progress or _silent)


def compile_in_memory(
    places: Iterable[Place], about: About | None = None, *, origin: str = ""
) -> Store:
    """Compile places into a store that stands in no file.

    Args:
        places: as of `compile_places`.
        about: what the store holds beside them.
        origin: the directory that they come from, if any.

    Raises:
        ValueError: as `compile_places`.
    """
    stream = io.BytesIO()
    _compile(StoreWriter(stream), places, about or About(), _silent)
    return Store.of_bytes(stream.getvalue(), origin)


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def _compile(
    writer: StoreWriter, places: Iterable[Place], about: About, progress: Progress
) -> Compiled:
    from gazetteer.index.settling import is_plain
    from gazetteer.index.spool import Spool

    collector = PlaceCollector(writer)
    texts, abbreviations = Spool(), bytearray()
    standing, plain = bytearray(), bytearray()
    done = 0
    for done, place in enumerate(collector.write(places), start=1):
        for toponym in place.toponyms:
            texts.add(toponym.name)
            abbreviations.append(toponym.form == "abbr")
            standing.append(not place.replaced_by)
            plain.append(is_plain(toponym, place))
        if done % _STEP == 0:
            progress("places", done, 0)
    progress("places", done, done)
    ids = collector.id_hashes
    rows = _Rows(abbreviations, standing, plain, collector.row_place, ids)
    counts = _write_names(writer, texts, rows, progress)
    collector.finish(about, counts)
    content = writer.finish()
    return Compiled(
        collector.standing,
        len(abbreviations),
        counts["texts"],
        counts["keys"],
        writer.size,
        content,
    )


class _Rows(NamedTuple):
    """What is to be known of the row of each toponym, and of the places.

    Attributes:
        abbreviations: whether its name is one.
        standing: whether its place is not retired.
        plain: see `gazetteer.index.settling.is_plain`.
        places: the number of its place.
        id_hashes: the crc32 of the id of each place.
    """

    abbreviations: bytearray
    standing: bytearray
    plain: bytearray
    places: array[int]
    id_hashes: array[int]


def _write_names(
    writer: StoreWriter, texts: Spool, rows: _Rows, progress: Progress
) -> dict[str, int]:
    # What is done with is let go of step by step: of millions of names, each of these
    # is hundreds of megabytes.
    numbered = texts.number()
    texts.write(writer, "text", numbered)
    folded = _fold(texts, numbered, progress)
    write_paths(writer, texts, numbered, rows.standing)
    spool, keys = folded.keys, folded.numbered.firsts
    spool.write(writer, "key", folded.numbered)
    flags = _write_rows(writer, folded, texts, numbered, rows)
    texts.clear()
    counts = {
        "texts": len(numbered.firsts),
        "keys": len(keys),
        "most": flags.most,
    }
    written = folded.written
    del numbered, folded
    words, ends = _write_classes(writer, spool, keys, flags, progress)
    spool.clear()
    _write_written(writer, written, words, ends)
    counts["near"] = len(ends) - 1
    progress("nearness", 0, counts["near"])
    _write_neighbourhood(writer, words, ends)
    progress("nearness", counts["near"], counts["near"])
    return counts


class _Folded(NamedTuple):
    """The keys of texts.

    Attributes:
        keys: all of them, as often as they came.
        at: for each text, the entries in `keys` of the faithful key and of the one
            without marks; `_NONE` where there is none.
        nameable: for each text, whether it `is_nothing_but_a_name`, and tidy.
        small: the crc32 of each text in small letters.
        compatible: for each text, whether it is in the form NFKC.
        written: the written keys of texts in which edits count otherwise.
        digraphs: the crc32 of the digraph key of each text that has one of its own.
        of_digraphs: the number of each of these texts.
    """

    keys: Spool
    at: tuple[Any, Any]
    numbered: Numbered
    nameable: Any
    small: Any
    compatible: Any
    written: Spool
    digraphs: array[int]
    of_digraphs: array[int]


def _fold(texts: Spool, numbered: Numbered, progress: Progress) -> _Folded:
    import numpy as np

    from gazetteer.index.spool import Spool

    keys, written = Spool(), Spool()
    total = len(numbered.firsts)
    at = np.full((2, total), _NONE, np.uint32)
    nameable, compatible = np.zeros(total, bool), np.zeros(total, bool)
    small = np.zeros(total, np.uint32)
    digraphs, of_digraphs = array("I"), array("I")
    for number, first in enumerate(each_of(numbered.firsts)):
        text = texts[first]
        nameable[number] = is_nothing_but_a_name(text) and tidy(text) == text
        compatible[number] = is_normalized("NFKC", text)
        small[number] = crc32(as_bytes(text.lower()))
        found = keys_of(text)
        spelt = as_written(text, found)
        if len(spelt) >= ONE_EDIT_FROM:
            written.add(spelt)
        if has_digraph(text) and len(two := digraph_key(text)) >= ONE_EDIT_FROM:
            digraphs.append(crc32(as_bytes(two)))
            of_digraphs.append(number)
        for which, key in enumerate(found):
            at[which, number] = len(keys)
            keys.add(key)
        if number % _STEP == 0:
            progress("names", number, total)
    progress("names", total, total)
    both = (at[0], at[1])
    return _Folded(
        keys,
        both,
        keys.number(),
        nameable,
        small,
        compatible,
        written,
        digraphs,
        of_digraphs,
    )


class _Flags(NamedTuple):
    """What is to be known of each key.

    Attributes:
        may_be_near: whether a name that is no abbreviation has it.
        faithful: whether it is the faithful key of a name.
        most: how many names one key has at most.
    """

    may_be_near: Any
    faithful: Any
    most: int


def _write_rows(
    writer: StoreWriter,
    folded: _Folded,
    texts: Spool,
    numbered: Numbered,
    known: _Rows,
) -> _Flags:
    """Write which keys each text has, which rows each key, and what that settles."""
    import numpy as np

    from gazetteer.index.settling import Bearing, write_settled

    text_of_row, abbreviations = numbered.numbers, known.abbreviations
    keys = folded.numbered
    by_text = [np.where(each == _NONE, _NONE, 0).astype("<u4") for each in folded.at]
    for column, entries in zip(by_text, folded.at, strict=True):
        has = entries != _NONE
        column[has] = keys.numbers[entries[has]]
    writer.add("text.key", by_text[0].data, kind="u4")
    writer.add("text.plain", by_text[1].data, kind="u4")

    count = len(keys.firsts)
    pairs = _pairs(by_text, text_of_row)
    rows = pairs.astype("<u4")
    pairs >>= np.uint64(32)
    bearers = np.bincount(pairs.view(np.int64), minlength=count)
    starts = np.append(0, np.cumsum(bearers)).astype("<u4")
    writer.add("key.start", starts.data, kind="u4")
    writer.add("key.row", rows.data, kind="u4")

    text_hashes = texts.hashes(numbered)
    ids = np.frombuffer(known.id_hashes, np.uint32)
    bearing = Bearing(
        (by_text[0], by_text[1]),
        text_of_row,
        np.frombuffer(known.places, np.uint32),
        np.frombuffer(known.plain, np.bool_),
        folded.nameable & ~np.isin(text_hashes, ids),
        folded.small,
        folded.compatible,
        starts,
        rows,
        text_hashes,
        folded.keys.hashes(keys),
        lambda number: texts[int(numbered.firsts[number])],
    )
    write_settled(writer, bearing)

    may_be_near = np.zeros(count, bool)
    may_be_near[pairs[np.frombuffer(abbreviations, np.uint8)[rows] == 0]] = True
    faithful = np.zeros(count, bool)
    faithful[by_text[0][by_text[0] != _NONE]] = True
    _write_digraphs(writer, folded, by_text[0], may_be_near)
    return _Flags(may_be_near, faithful, int(bearers.max(initial=0)))


def _write_digraphs(
    writer: StoreWriter, folded: _Folded, key_of_text: Any, may_be_near: Any
) -> None:
    """Write which keys names have that someone may have written with two letters."""
    import numpy as np

    keys = key_of_text[np.frombuffer(folded.of_digraphs, np.uint32)]
    near = may_be_near[keys]
    hashes = np.frombuffer(folded.digraphs, np.uint32)[near]
    numbers = array("I", keys[near].tobytes())
    add_pairs(writer, "digraph", "key", array("I", hashes.tobytes()), numbers)


def _pairs(by_text: list[Any], text_of_row: Any) -> Any:
    """Return key and row of each toponym packed in one number, sorted.

    A row has a key once only: its second key is another than its first.
    """
    import numpy as np

    rows = np.arange(len(text_of_row), dtype=np.uint64)
    packed = []
    for column in by_text:
        keys = column[text_of_row]
        has = keys != _NONE
        packed.append(keys[has].astype(np.uint64) << np.uint64(32) | rows[has])
    both = np.concatenate(packed)
    both.sort()
    return both


def _write_classes(
    writer: StoreWriter, spool: Spool, keys: Any, flags: _Flags, progress: Progress
) -> tuple[bytearray, array[int]]:
    """Write class-merged keys and bags; return the keys that others may be near to.

    Args:
        writer: of the store.
        spool: of the keys.
        keys: for each key, its entry in the spool.
        flags: of each key.
        progress: told how far the work is.
    """
    classes, members, near = array("I"), array("I"), array("I")
    bags, bagged = array("I"), array("I")
    words, ends = bytearray(), array("Q", [0])
    each = zip(
        each_of(keys), each_of(flags.may_be_near), each_of(flags.faithful), strict=True
    )
    for number, (first, may_be_near, faithful) in enumerate(each):
        if number % _STEP == 0:
            progress("keys", number, len(keys))
        key = spool[first]
        if not may_be_near or len(key) < ONE_EDIT_FROM or key[0] == "\0":
            continue
        classes.append(crc32(as_bytes(class_key(key))))
        members.append(number)
        if " " in key and (bag := bag_key(key)) != key:
            bags.append(crc32(as_bytes(bag)))
            bagged.append(number)
        # a short name without its marks has lost enough to bear another edit
        if faithful or len(key) >= TWO_EDITS_FROM:
            near.append(number)
            words += as_bytes(key)
            ends.append(len(words))
    progress("keys", len(keys), len(keys))
    add_pairs(writer, "class", "key", classes, members)
    add_pairs(writer, "bag", "key", bags, bagged)
    writer.add("near.key", near, kind="u4")
    return words, ends


def _write_written(
    writer: StoreWriter, written: Spool, words: bytearray, ends: array[int]
) -> None:
    """Write the written keys, and add them to those that others may be near to."""
    numbered = written.number()
    written.write(writer, "written", numbered)
    for first in each_of(numbered.firsts):
        words += written.data(first)
        ends.append(len(words))
    written.clear()


def _write_neighbourhood(
    writer: StoreWriter, words: bytearray, ends: array[int]
) -> None:
    import numpy as np

    from gazetteer.index.neighbourhood import PackedKeys, build

    keys = PackedKeys(memoryview(words), np.frombuffer(ends, np.uint64))
    with writer.section("near.entries", kind="u4") as write:
        arrays = build(keys, entries=lambda part: write(part.data))
    for name, numbers in arrays.items():
        kind = numbers.dtype.str[1:]
        little = numbers.astype(f"<{kind}", copy=False)
        writer.add(f"near.{name}", little.data, kind=kind)
