"""Which sentences report what somebody said, and which are about names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.text.draft import together

if TYPE_CHECKING:
    from gazetteer.text.scan import Scan
    from gazetteer.text.words import Words

__all__ = ["Sentences"]

_MAX_SPEAKER = 4


class Sentences:
    """What is known of each sentence, worked out when first asked."""

    def __init__(self, scan: Scan, words: Words) -> None:
        self._scan = scan
        self._words = words
        self._known: dict[int, tuple[bool, bool]] = {}

    def reported(self, offset: int) -> bool:
        """Tell whether the sentence at an offset reports what somebody said."""
        return self._look(offset)[0]

    def about_names(self, offset: int) -> bool:
        """Tell whether the sentence at an offset is about names."""
        return self._look(offset)[1]

    def _look(self, offset: int) -> tuple[bool, bool]:
        number = self._scan.sentence(offset)
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._read(number)
        return known

    def _read(self, number: int) -> tuple[bool, bool]:
        scan = self._scan
        reporting, naming = self._words["report"], self._words["meta-sentence"]
        reported = naming_found = False
        span = scan.sentence_words(number)
        for at in span:
            key = scan.keys[at]
            common = not scan.capital(at) or scan.capitals(at) or at == span.start
            if key in reporting and common:
                reported = True
            elif key in naming:
                naming_found = True
        return reported or self._speaker(span), naming_found

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
