"""Which sentences report what somebody said, are about names, tell of languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.text.draft import together

if TYPE_CHECKING:
    from gazetteer.text.draft import Reading

__all__ = ["Sentences"]

_MAX_SPEAKER = 4


class _Sentence(NamedTuple):
    """What is known of one sentence.

    Attributes:
        reported: whether it reports what somebody said.
        about_names: whether it is about names.
        language: the number of a word that names the language something is said in.
        peoples: people for whom something is so, as written.
    """

    reported: bool
    about_names: bool
    language: int | None
    peoples: str


class Sentences:
    """What is known of each sentence, worked out when first asked."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._scan = reading.scan
        self._words = reading.words
        self._known: dict[int, _Sentence] = {}

    def reported(self, offset: int) -> bool:
        """Tell whether the sentence at an offset reports what somebody said."""
        return self._look(offset).reported

    def about_names(self, offset: int) -> bool:
        """Tell whether the sentence at an offset is about names."""
        return self._look(offset).about_names

    def language(self, offset: int) -> int | None:
        """Return the number of the word that names a language, as in "in Latin"."""
        return self._look(offset).language

    def peoples(self, offset: int) -> str:
        """Return the people for whom something is so ("to …s it is"), or nothing."""
        return self._look(offset).peoples

    def _look(self, offset: int) -> _Sentence:
        number = self._scan.sentence(offset)
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._read(number)
        return known

    def _read(self, number: int) -> _Sentence:
        scan = self._scan
        reporting, naming = self._words["report"], self._words["meta-sentence"]
        reported = naming_found = False
        language: int | None = None
        peoples = ""
        span = scan.sentence_words(number)
        for at in span:
            key = scan.keys[at]
            common = not scan.capital(at) or scan.capitals(at) or at == span.start
            if key in reporting and common:
                reported = True
            elif key in naming:
                naming_found = True
            if language is None and self._is_language(at):
                language = at
            if not peoples and self._for_peoples(at, span.start):
                peoples = scan.raw[at]
        reported = reported or self._speaker(span)
        return _Sentence(reported, naming_found, language, peoples)

    def _is_language(self, at: int) -> bool:
        """Tell whether a word names a language: "in …", but not "in … hands"."""
        reading, scan, words = self._reading, self._scan, self._words
        before = at - 1
        if reading.key(before) in words["article"]:
            before -= 1
        if (
            not reading.language(at)
            or reading.key(before) not in (words["language-before"])
        ):
            return False
        if at + 1 >= len(scan) or not together(scan.gap(at + 1)):
            return True
        key = scan.keys[at + 1]
        named = reading.named.get(at + 1)
        return (
            key in words["language-noun"]
            or (named is not None and not reading.language(at + 1))
            or (key in words["follower"] and not scan.capital(at + 1))
        )

    def _for_peoples(self, at: int, start: int) -> bool:
        reading, words = self._reading, self._words
        if not reading.peoples(at):
            return False
        before = at - 1
        while before >= start and (
            reading.key(before) in words["quantifier"] or reading.language(before)
        ):
            before -= 1
        return before >= start and reading.key(before) in words["meta-for"]

    def _speaker(self, span: range) -> bool:
        """Find "Name Surname: what was said" at the start of a sentence."""
        scan = self._scan
        for at in span[:_MAX_SPEAKER]:
            if not scan.capital(at):
                return False
            after = scan.gap(at + 1)
            if after.startswith(":") and after[1:2].isspace():
                return not scan.capitals(at)
            if not together(after):
                return False
        return False
