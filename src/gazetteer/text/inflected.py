"""What mentions are in a language that inflects names: cases, and what protects them.

Such a language says by endings what English says by the order of words, so that less
has to be read from the words around a name. What is not understood is protected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.folding.words import is_small, visible, word_key, words_of
from gazetteer.languages.inflection import DERIVED, NOMINATIVE
from gazetteer.languages.scripts import primary_language
from gazetteer.text.draft import together
from gazetteer.text.evidence import evident, only_villages
from gazetteer.text.roles import find_compound, find_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.languages.inflection import Inflection
    from gazetteer.model import Toponym
    from gazetteer.text.draft import Draft, Reading
    from gazetteer.text.reports import Sentences

__all__ = ["classify_inflected", "find_cases"]

_HYPHENS: Final = "-\u2010\u2011"
_APOSTROPHES: Final = "'\u2019\u02bc"
_SHORT: Final = 3  # letters of names that are other words as often as not
_WINDOW: Final = 4
_OF_SUBJECTS: Final = frozenset({"nom", "def"})


def find_cases(text: str, draft: Draft, inflection: Inflection) -> None:
    """Note the cases that a mention may stand in, and the ending set off from it."""
    _find_joined(text, draft, inflection)
    if draft.suffix:
        return
    if all(row.form == "abbr" for row in draft.toponyms):
        return  # without an ending it may stand in any case
    tags: set[str] = set()
    for start, end in draft.parts:
        words = [
            visible(text[start + a : start + b]) for a, b in words_of(text[start:end])
        ]
        mine: set[str] = set()
        for name in {toponym.name for toponym in draft.toponyms}:
            named = [name[a:b] for a, b in words_of(name)]
            if len(named) == len(words):
                mine |= inflection.tags(named, words)
        tags = tags & mine or tags | mine
    # where the letters are those of the name in no form of it (say, in capitals)
    draft.cases = tuple(sorted(tags)) or (NOMINATIVE,)


def _find_joined(text: str, draft: Draft, inflection: Inflection) -> None:
    """Find an ending behind an apostrophe or, after an abbreviation, a hyphen."""
    sign = text[draft.end : draft.end + 1]
    signs = inflection.join or _HYPHENS + _APOSTROPHES
    spans = words_of(text[draft.end + 1 : draft.end + 16])
    if not sign or sign not in signs or not spans or spans[0][0]:
        return
    ending = text[draft.end + 1 : draft.end + 1 + spans[0][1]]
    first = draft.toponyms[0]
    letters = first.form == "abbr" or first.name.isupper()
    tags = inflection.joined(ending, first.name, letters=letters)
    if tags:
        draft.suffix = sign + ending
        draft.cases = tuple(dict.fromkeys(tags))
    elif sign in _APOSTROPHES:
        reason = f"an ending follows that is not understood: {sign + ending!r}"
        draft.protect("inflected", reason)


def classify_inflected(
    reading: Reading, sentences: Sentences, inflection: Inflection
) -> None:
    """Say what each mention is, and which cases the word before it leaves."""
    for draft in reading.drafts:
        _narrow(reading, draft, inflection)
        find_types(reading, draft)
        if not draft.types:
            draft.types = _abbreviated_type(reading, draft)
    for draft in reading.drafts:
        find_compound(reading, draft)
        if draft.role == "attributive":
            draft.role = "plain"
            draft.protect("compound", "a hyphen joins it to another word")
        if (draft.cases and DERIVED.issuperset(draft.cases)) or all(
            row.form in ("adj", "demonym") for row in draft.toponyms
        ):
            draft.protect("adjective", "an adjective or a word for people")
        _find_title(reading, draft)
        _find_person(reading, draft, inflection)
        _find_naming(reading, draft, about_names=sentences.about_names(draft.start))


def _narrow(reading: Reading, draft: Draft, inflection: Inflection) -> None:
    governed = inflection.govern.get(reading.key(draft.first - 1))
    if governed is None or not together(reading.before(draft)):
        return
    left = [tag for tag in draft.cases if tag.partition("+")[0] in governed]
    if left:
        draft.cases = tuple(left)
    elif set(draft.cases) - DERIVED:
        # "in" and a case that nothing is in: the word is not what it seems to be
        draft.protect("inflected", "its form does not go with the word before it")


def _abbreviated_type(reading: Reading, draft: Draft) -> tuple[str, ...]:
    """Find the type in a word cut short before a mention ("t. X" for "town X")."""
    at = draft.first - 1
    if at < 0 or reading.before(draft).strip() != ".":
        return ()
    return tuple(reading.words["cue"].get(f"{reading.key(at)}.", "").split())


# ------------------------------------------------------------ titles and persons


def _find_title(reading: Reading, draft: Draft) -> None:
    scan, words = reading.scan, reading.words
    states = words["state"]
    if draft.names == 1 and any(
        reading.key(at) in states for at in range(draft.first, draft.last + 1)
    ):
        draft.protect("title", "the name is itself the title of a state or of its unit")
    left, right = draft.first - 1, reading.next(draft)
    beside_left = left >= 0 and together(reading.before(draft))
    beside_right = right < len(scan) and together(reading.after(draft))
    if beside_right and _titled_type(reading, draft, right):
        draft.protect("title", f"part of a title with {scan.raw[right + 1]!r}")
    if beside_left and reading.key(left) in words["title-before"]:
        draft.protect("title", f"part of a title with {scan.raw[left]!r}")
    if beside_right and reading.key(right) in words["title-after"]:
        draft.protect("title", f"part of a title with {scan.raw[right]!r}")
    if beside_left and reading.key(left) in words["work"]:
        draft.protect("title", f"follows {scan.raw[left]!r}: a name given to something")
    if beside_right and _joins_name(reading, right):
        draft.protect("title", _longer("follows", scan.raw[right]))
    if beside_left and (
        _joins_name(reading, left) or _opens_name(reading, draft, left)
    ):
        draft.protect("title", _longer("stands before it", scan.raw[left]))


def _titled_type(reading: Reading, draft: Draft, at: int) -> bool:
    """Tell whether a word for a type has a capital, and so has the word after it."""
    scan = reading.scan
    return (
        scan.capital(at)
        and scan.keys[at] in reading.words["cue"]
        and at + 1 < len(scan)
        and together(scan.gap(at + 1))
        and scan.capital(at + 1)
        and not scan.capitals(at)
        and not reading.in_heading(draft)
    )


def _joins_name(reading: Reading, at: int) -> bool:
    """Tell whether a word has a capital that only a name gives it."""
    scan = reading.scan
    return (
        scan.capital(at)
        and is_small(scan.raw[at][0].lower())
        and at not in reading.named
        and scan.keys[at] not in reading.words["cue"]
        and not scan.starts_sentence(at)
        and not scan.capitals(at)
    )


def _opens_name(reading: Reading, draft: Draft, at: int) -> bool:
    """Tell whether the first word of a sentence may be a given name before a surname.

    Of a word of grammar nobody is called; a noun before a name in another case than
    that of the subject governs it ("inhabitants of …").
    """
    scan, words = reading.scan, reading.words
    return (
        scan.capital(at)
        and scan.starts_sentence(at)
        and at not in reading.named
        and is_small(scan.raw[at][0].lower())
        and not draft.types
        and bool(_OF_SUBJECTS & set(draft.cases))
        and scan.keys[at] not in words["function"]
        and scan.keys[at] not in words["cue"]
    )


def _longer(where: str, word: str) -> str:
    return (
        f"{word!r} {where}, so it may be part of a longer name or the name of a person"
    )


def _find_person(reading: Reading, draft: Draft, inflection: Inflection) -> None:
    scan, words = reading.scan, reading.words
    if draft.names > 1:
        return
    left, right = draft.first - 1, reading.next(draft)
    if (
        left >= 0
        and together(reading.before(draft))
        and (reading.key(left) in words["person"])
    ):
        draft.protect("person", f"follows {scan.raw[left]!r}")
        return
    if (
        right < len(scan)
        and together(reading.after(draft))
        and reading.key(right) in words["person-after"]
    ):
        draft.protect("person", f"{scan.raw[right]!r} follows")
        return
    if _initial_before(reading, draft):
        draft.protect("person", "an initial stands before it")
        return
    if draft.first == draft.last:
        _find_word(reading, draft, inflection)
    elif any(row.name in reading.finder.people for row in draft.toponyms) and not (
        evident(reading, draft, anywhere=True)
    ):
        draft.protect("person", "a person's name: nothing beside it says 'place'")


def _find_word(reading: Reading, draft: Draft, inflection: Inflection) -> None:
    """Protect a name of one word that may be another word of the language."""
    scan = reading.scan
    if not draft.types and (
        _number(reading, draft.first - 1, reading.before(draft))
        # of what a place is so far away, no date is told
        or (
            not evident(reading, draft)
            and _number(reading, reading.next(draft), reading.after(draft))
        )
    ):
        draft.protect("phrase", "a number stands beside it: it may be part of a date")
        return
    first = scan.starts_sentence(draft.first)
    names = {row.name for row in draft.toponyms}
    if first and any(
        word_key(form.text) in scan.small
        for name in names
        for form in inflection.forms(name)
    ):
        draft.protect("person", "the text has it as a common word too")
        return
    short = min(map(len, names))
    abbreviated = any(row.form == "abbr" for row in draft.toponyms)
    native = abbreviated or any(_native(row, inflection) for row in draft.toponyms)
    changed = NOMINATIVE not in draft.cases and not draft.suffix and bool(draft.cases)
    little = short <= _SHORT + 1 and not (draft.suffix and evident(reading, draft))
    if not native and (first or changed or little):
        reason = "a name of another language, where a word of this one may stand"
        draft.protect("inflected" if changed else "person", reason)
        return
    bare = first or not scan.capital(draft.first) or scan.capitals(draft.first)
    doubtful = (
        not reading.finder.people.isdisjoint(names)
        # inside a sentence a common word has no capital
        or (bare and not reading.finder.common.isdisjoint(names))
        or (short <= _SHORT and not abbreviated and not scan.capitals(draft.first))
        or (
            # of persons and words the subject is spoken of most; in capitals, or in a
            # script that has none, nothing tells a name
            (bare or _OF_SUBJECTS & set(draft.cases))
            and not abbreviated
            and only_villages(reading, draft)
        )
        or (
            # a script without capitals tells no name from an adjective
            (first or not scan.capital(draft.first))
            and NOMINATIVE in draft.cases
            and all(map(inflection.adjectival, names))
        )
    )
    if doubtful and not evident(reading, draft, anywhere=not bare):
        draft.protect(
            "person", "a person or a common word: nothing beside it says 'place'"
        )


def _number(reading: Reading, at: int, gap: str) -> bool:
    """Tell whether a number stands beside a mention."""
    key = reading.key(at)
    return key.isdigit() and together(gap)


def _native(row: Toponym, inflection: Inflection) -> bool:
    """Tell whether a row is of the language of the text, and no misspelling."""
    language = primary_language(row.lang)
    own = inflection.lang if inflection.lang != "hyw" else "hy"
    fits = language in (own, inflection.lang, "mul")
    return fits and "-Latn" not in row.lang and row.form != "hidden"


def _initial_before(reading: Reading, draft: Draft) -> bool:
    scan, at = reading.scan, draft.first - 1
    return (
        at >= 0
        and len(scan.raw[at]) == 1
        and scan.raw[at].isupper()
        and reading.before(draft).strip() == "."
    )


# ------------------------------------------------------------------ spoken of as names


def _find_naming(reading: Reading, draft: Draft, *, about_names: bool) -> None:
    if about_names:
        draft.protect("metalinguistic", "its sentence is about names")
        return
    for phrase in _phrases_before(reading, draft):
        if phrase in reading.words["meta-before"]:
            reason = f"follows {phrase!r}: spoken of as a name"
            draft.protect("metalinguistic", reason)
            return
        if any(phrase.startswith(each) for each in reading.words["meta-doubt"]):
            draft.protect("metalinguistic", f"follows {phrase!r}: put in doubt")
            return


def _phrases_before(reading: Reading, draft: Draft) -> Iterable[str]:
    """Yield the last word before a mention, the last two, and so on."""
    keys: list[str] = []
    at = draft.first - 1
    gap = reading.before(draft)
    while at >= 0 and len(keys) < _WINDOW and together(gap.strip("\"'\u201c\u00ab")):
        keys.insert(0, word_key(reading.scan.raw[at]))
        yield " ".join(keys)
        gap = reading.scan.gap(at)
        at -= 1
