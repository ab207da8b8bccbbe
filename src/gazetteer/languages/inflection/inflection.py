"""Forms of names in one language: which there are, and what a written one may be."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.languages.casing import lower, upper
from gazetteer.languages.inflection.table import read_table, tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.languages.inflection.table import Paradigm

__all__ = ["DERIVED", "NOMINATIVE", "Form", "Inflection", "load_inflection"]

NOMINATIVE: Final = "nom"
DERIVED: Final = frozenset({"adj", "dem"})
"""Tags of adjectives and of words for people, which name no place."""

_WORD = re.compile(r"[^\W_]+")
_REMEMBERED: Final = 8_192
_FEWEST_DERIVED: Final = 4
_FEWEST_LETTERS: Final = 2  # of what is left when an ending is taken off


class Form(NamedTuple):
    """One form of a word.

    Attributes:
        tag: its case, then ``+`` and what follows the ending of the case, if anything.
        text: as it is written, in the letters of the word it is a form of.
        printed: whether it is the one to print with this tag.
    """

    tag: str
    text: str
    printed: bool


class Inflection:
    """The forms of names in one language.

    Examples:
        >>> inflection = load_inflection("ka")
        >>> inflection.inflect("ცა", "in")
        'ცაში'
        >>> sorted(inflection.tags(["ცა"], ["ცას"]))
        ['dat', 'gen']
    """

    def __init__(self, lang: str) -> None:
        """Read the table of a language that has one."""
        self.lang = lang
        self._table = read_table(lang)
        self.join = self._table.join
        self.govern = self._table.govern
        self._after: dict[str, tuple[str, ...]] = {}
        for case, endings in self._table.after:
            self._after[case] = (*self._after.get(case, ()), *endings)
        self.forms = lru_cache(maxsize=_REMEMBERED)(self._forms)
        self._tails: dict[str, set[str]] = {}
        self._longest = 0
        self._collect_tails()

    # ------------------------------------------------------------- the forms of a word

    def _forms(self, word: str, *, adjective: bool = False) -> tuple[Form, ...]:
        """Return the forms of a word, the nominative first.

        Args:
            word: as it stands in a name.
            adjective: whether it may be an adjective that goes with a noun.
        """
        small = lower(word, self.lang)
        found = [Form(NOMINATIVE, word, printed=True)]
        found += self._with_after(NOMINATIVE, word, "")
        for paradigm, printed in self._paradigms(small, adjective=adjective):
            stem_letters = len(word) - len(paradigm.cut)
            if paradigm.kind == "derived" and stem_letters < _FEWEST_DERIVED:
                continue  # it would be as much another word
            # a small letter may be two code points shorter or longer than its capital
            stem = word[: len(word) - len(paradigm.cut)] if paradigm.cut else word
            for tag, endings in paradigm.endings:
                for at, ending in enumerate(endings):
                    first = printed and at == 0
                    found += self._attached(tag, stem, ending, printed=first)
        return tuple(dict.fromkeys(found))

    def _attached(
        self, tag: str, stem: str, ending: str, *, printed: bool
    ) -> Iterator[Form]:
        harmony = self._table.harmony
        written = harmony.attach(lower(stem, self.lang), ending)
        join = self.join[:1] if written else ""
        text = stem + join + written
        yield Form(tag, text, printed)
        if join:
            yield Form(tag, stem + written, printed=False)  # not every hand sets it off
        if tag not in DERIVED:
            yield from self._with_after(tag, text, join, printed=printed)

    def _with_after(
        self, tag: str, text: str, join: str, *, printed: bool = True
    ) -> Iterator[Form]:
        joined = join or (self.join[:1] if tag == NOMINATIVE else "")
        for ending in self._after.get(tag, ()):
            more = self._table.harmony.attach(lower(text, self.lang), ending)
            glue = "" if join else joined
            yield Form(f"{tag}+{ending}", text + glue + more, printed)

    def _paradigms(
        self, small: str, *, adjective: bool
    ) -> Iterator[tuple[Paradigm, bool]]:
        """Yield the paradigms of a word, and whether they are printed."""
        settled = unsure = False
        for paradigm in self._table.paradigms:
            kind = paradigm.kind
            if not paradigm.fits(small) or _is_no_adjective(small, paradigm):
                continue
            if kind in ("also", "derived"):
                yield paradigm, False
            elif settled or (kind == "adj" and not adjective):
                continue
            elif kind == "unsure":
                unsure = True
                yield paradigm, False
            elif not unsure:
                settled = True
                yield paradigm, True

    def is_adjective(self, word: str) -> bool:
        """Tell whether a word has the end of an adjective that goes with a noun."""
        small = lower(word, self.lang)
        return any(
            paradigm.kind == "adj"
            and paradigm.fits(small)
            and not _is_no_adjective(small, paradigm)
            for paradigm in self._table.paradigms
        )

    def adjectival(self, word: str) -> bool:
        """Tell whether a name of one word has the end of an adjective."""
        pattern = self._table.adjectival
        return (
            pattern is not None and pattern.search(lower(word, self.lang)) is not None
        )

    # --------------------------------------------------- what a word may be a form of

    def _collect_tails(self) -> None:
        harmony = self._table.harmony
        for paradigm in self._table.paradigms:
            for tag, endings in paradigm.endings:
                more = ("", *self._after.get(tag, ())) if tag not in DERIVED else ("",)
                for ending in endings:
                    for after in more:
                        for tail in harmony.variants(ending + after):
                            self._tails.setdefault(tail, set()).add(paradigm.cut)
        for ending in self._after.get(NOMINATIVE, ()):
            for tail in harmony.variants(ending):
                self._tails.setdefault(tail, set()).add("")
        self._longest = max(map(len, self._tails), default=0)

    def lemmas(self, word: str) -> list[str]:
        """Return what a written word may be a form of, in small letters, longest first.

        It is no more than what the endings allow; `tags` decides.

        Args:
            word: as written.
        """
        small = lower(word, self.lang)
        found: dict[str, None] = {}
        for length in range(min(self._longest, len(small) - _FEWEST_LETTERS) + 1):
            stem = small[: len(small) - length]
            for cut in self._tails.get(small[len(stem) :], ()):
                found[stem + cut] = None
        found.pop(small, None)
        return list(found)

    def joined(self, ending: str, name: str, *, letters: bool = False) -> list[str]:
        """Return the tags of an ending that is set off from a name, as by a hyphen.

        Args:
            ending: as written, without what sets it off.
            name: its last word is what the ending follows.
            letters: whether the name is read letter by letter, so that any of the
                endings may follow.
        """
        small = lower(ending, self.lang)
        stem = lower(name, self.lang)
        tags = []
        for form in self.forms(name.rpartition(" ")[2]):
            rest = lower(form.text, self.lang)
            last = stem.rpartition(" ")[2]
            if rest.startswith(last) and rest[len(last) :].lstrip(self.join) == small:
                tags.append(form.tag)
        if not tags and letters:
            for paradigm in self._table.paradigms:
                for tag, endings in paradigm.endings:
                    if tag not in DERIVED and any(
                        small in self._table.harmony.variants(each)
                        for each in endings
                        if each
                    ):
                        tags.append(tag)
        return list(dict.fromkeys(tags))

    # ------------------------------------------------------------ whole names

    def tags(self, name: Sequence[str], written: Sequence[str]) -> frozenset[str]:
        """Return the tags with which the words of a name are written so; none if not.

        Args:
            name: the words of the name.
            written: as many words of a text.
        """
        if self._table.agree == "all":
            return self._agreeing(name, written)
        found = self._word_tags(name[-1], written[-1])
        before = list(zip(name[:-1], written[:-1], strict=True))
        if self._table.agree == "adjectives":
            for word, seen in before:
                if not self.written_as(seen, word):
                    found &= self._word_tags(word, seen, adjective=True)
            return found
        if all(self.written_as(seen, word) for word, seen in before):
            return found
        return frozenset()

    def _agreeing(self, name: Sequence[str], written: Sequence[str]) -> frozenset[str]:
        """Return the tags that the adjectives and the first noun of a name share."""
        found: frozenset[str] | None = None
        head = self._head(name)
        for at, (word, seen) in enumerate(zip(name, written, strict=True)):
            adjective = at != head and self.is_adjective(word)
            mine = self._word_tags(word, seen, adjective=adjective or at == head)
            if at > head and not adjective:
                # an apposition, or a genitive: as it is, or in the same case
                if not self.written_as(seen, word):
                    found = mine if found is None else found & mine
            else:
                found = mine if found is None else found & mine
            if found is not None and not found:
                break
        if not found and all(map(self.written_as, written[:-1], name[:-1])):
            # a compound, in which only the last part is inflected
            return self._word_tags(name[-1], written[-1])
        return found or frozenset()

    def _head(self, name: Sequence[str]) -> int:
        """Return which word is the noun that the others go with."""
        last = len(name) - 1
        for at, word in enumerate(name[:-1]):
            if self.is_adjective(word):
                continue
            prefix = self._table.prefix
            if not (
                prefix and word.endswith(prefix) and self.is_adjective(name[at + 1])
            ):
                return at
        return last

    def _word_tags(
        self, word: str, written: str, *, adjective: bool = False
    ) -> frozenset[str]:
        return frozenset(
            form.tag
            for form in self.forms(word, adjective=adjective)
            if self.written_as(written, form.text)
        )

    def written_as(self, written: str, form: str) -> bool:
        """Tell whether a word of a text is a form, as it is or in capitals."""
        if written == form:
            return True
        return written.isupper() and written == upper(form, self.lang)

    def inflect(self, name: str, tag: str) -> str | None:
        """Return a name in a case, or None where the table does not tell.

        Args:
            name: as it is written in the nominative.
            tag: as of `tags`.
        """
        spans = [match.span() for match in _WORD.finditer(name)]
        if not spans:
            return None
        words = [name[start:end] for start, end in spans]
        head = len(words) - 1
        bent = {head}
        if self._table.agree == "all":
            head = self._head(words)
            if head + 2 == len(words) and name[spans[head][1] : spans[-1][0]] == "-":
                head += 1  # a compound, in which only the last part is inflected
                bent = {head}
            else:
                bent = {at for at in range(head) if self.is_adjective(words[at])}
                bent.add(head)
        elif self._table.agree == "adjectives":
            bent |= {at for at in range(head) if self.is_adjective(words[at])}
        pieces: list[str] = []
        end = 0
        for at, (start, stop) in enumerate(spans):
            word: str | None = words[at]
            if at in bent:
                word = self._printed(words[at], tag, adjective=at != head)
            if word is None:
                return None
            pieces += [name[end:start], word]
            end = stop
        return "".join((*pieces, name[end:]))

    def _printed(self, word: str, tag: str, *, adjective: bool) -> str | None:
        # the one name that is an adjective by itself is inflected like one
        either = adjective or self._table.agree == "all"
        for form in self.forms(word, adjective=either):
            if form.tag == tag and form.printed:
                return form.text
        return None


def _is_no_adjective(small: str, paradigm: Paradigm) -> bool:
    # none has a stem of one letter, and `lemmas` would not take a form of it apart
    stem = len(small) - len(paradigm.cut)
    return paradigm.kind == "adj" and stem < _FEWEST_LETTERS


@cache
def load_inflection(lang: str) -> Inflection | None:
    """Return the inflection of a language, or None where there is no table.

    Args:
        lang: BCP 47 tag; ``hyw``, or a tag with ``arevmda``, is Western Armenian.
    """
    subtags = lang.lower().split("-")
    table = "hyw" if "arevmda" in subtags else subtags[0]
    return Inflection(table) if table in tables() else None
