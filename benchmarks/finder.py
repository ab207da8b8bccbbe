"""One way to find names in a text; `finding` starts it in an environment of its own.

``python finder.py WAY NAMES TEXT`` prints as JSON: CPU seconds to get ready and to
search the first half of the text, the second half and the second half again, bytes that
it came to hold, and how many spans it found, with a hash of them. A span is a name as
written with no letter or digit beside it, the longest of those that start at one
letter, from left to right. An automaton knows nothing of that: it is added here, in
Python.
"""

from __future__ import annotations

import json
import re
import sys
import time
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from procfs import size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Spans = list[tuple[int, int]]
    Search = Callable[[str], Iterable[tuple[int, int]]]

_LETTER = re.compile(r"[^\W_]")


def gazetteer(names: list[str]) -> Search:
    from gazetteer.dates import parse_interval
    from gazetteer.ids import NameId, PlaceId
    from gazetteer.index import Index
    from gazetteer.model import Place, Toponym
    from gazetteer.text.spot import Spotter

    always = parse_interval("")

    def places() -> Iterable[Place]:
        for number, name in enumerate(names):
            place = PlaceId(f"p{number}")
            row = (place, name, "und", "full", "", "", always, False, 0.0, (), "")
            toponyms = (Toponym(NameId(f"n{number}"), *row),)
            about = ("town", "P", None, None, always, (), "", "", "")
            yield Place(place, *about, toponyms)

    spotter = Spotter(Index(places()), ())
    return lambda text: [(each.start, each.end) for each in spotter.spots(text)]


def daachorse(names: list[str]) -> Search:
    import daachorse as library

    automaton = library.CharwiseDoubleArrayAhoCorasick(names)
    return lambda text: [
        (start, end) for start, end, _ in automaton.find_overlapping(text)
    ]


def ahocorasick_rs(names: list[str]) -> Search:
    import ahocorasick_rs as library

    automaton = library.AhoCorasick(names)
    return lambda text: [
        (start, end)
        for _, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
    ]


def pyahocorasick(names: list[str]) -> Search:
    import ahocorasick as library

    automaton = library.Automaton()
    for name in names:
        automaton.add_word(name, len(name))
    automaton.make_automaton()
    return lambda text: [
        (end + 1 - length, end + 1) for end, length in automaton.iter(text)
    ]


def flashtext(names: list[str]) -> Search:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    for name in names:
        processor.add_keyword(name)
    return lambda text: [
        (start, end)
        for _, start, end in processor.extract_keywords(text, span_info=True)
    ]


def flashtext2(names: list[str]) -> Search:
    from flashtext2 import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    for name in names:
        processor.add_keyword(name)
    return lambda text: [
        (start, end) for _, start, end in processor.extract_keywords_with_span(text)
    ]


def spacy(names: list[str]) -> Search:
    import spacy as library
    from spacy.matcher import PhraseMatcher

    pipeline = library.blank("xx")
    pipeline.max_length = 10_000_000
    matcher = PhraseMatcher(pipeline.vocab)
    matcher.add("name", list(pipeline.tokenizer.pipe(names)))

    def search(text: str) -> Spans:
        found = matcher(pipeline.make_doc(text), as_spans=True)
        return [(span.start_char, span.end_char) for span in found]

    return search


OVERLAPPING = (daachorse, ahocorasick_rs, pyahocorasick, spacy)
WAYS = {way.__name__: way for way in (gazetteer, *OVERLAPPING, flashtext, flashtext2)}


def chosen(text: str, spans: Iterable[tuple[int, int]]) -> Spans:
    """Return the spans between boundaries, the longest from left to right."""
    letter = _LETTER.match
    longest: dict[int, int] = {}
    for start, end in spans:
        if end > longest.get(start, 0) and not (
            (start and letter(text[start - 1])) or letter(text[end : end + 1] or " ")
        ):
            longest[start] = end
    found: Spans = []
    for start in sorted(longest):
        if not found or start >= found[-1][1]:
            found.append((start, longest[start]))
    return found


def main() -> None:
    name, names_file, text_file = sys.argv[1:]
    names = Path(names_file).read_text(encoding="utf-8").split("\n")
    text = Path(text_file).read_text(encoding="utf-8")
    middle = text.index("\n", len(text) // 2)
    way = WAYS[name]
    held = size_of("VmRSS")
    seconds = {}
    spans: Spans = []
    began = time.process_time()
    search = way(names)
    seconds["ready"] = time.process_time() - began
    for what, part in (
        ("first", text[:middle]),
        ("second", text[middle:]),
        ("again", text[middle:]),
    ):
        began = time.process_time()
        found = search(part)
        spans = chosen(part, found) if way in OVERLAPPING else list(found)
        seconds[what] = time.process_time() - began
    size = size_of("VmRSS") - held
    digest = blake2b(json.dumps(spans).encode(), digest_size=8).hexdigest()
    report = {"memory": size, "spans": len(spans), "digest": digest}
    print(json.dumps(seconds | report))


if __name__ == "__main__":
    main()
