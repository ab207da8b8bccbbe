"""How the labels of contested places come out: whole or not, and who comes first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from gazetteer.curation.coverage.counting import NEUTRAL
from gazetteer.curation.coverage.figures import Figures
from gazetteer.folding import match_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from gazetteer.curation.coverage.counting import Counted
    from gazetteer.labels import Label
    from gazetteer.model import Place

__all__ = ["first", "incomplete", "perspectives", "side_of"]


_ANY: Final = "any"


def side_of(gazetteer: Gazetteer, label: Label, at: int) -> str:
    """Return whose name stands at a position of a neutral label.

    It is the side's chain, or the authority where it has none; of a name that nobody is
    on record with, the side whose system computed it, or would have spelt it so.
    """
    chains = gazetteer.perspectives[NEUTRAL].sides
    row, usage = label.toponyms[at], label.usages[at]
    if usage is not None:
        side = chains.get(usage.authority)
        return side.name if side else usage.authority
    systems = {
        each.translit
        for each in gazetteer[row.place_id].toponyms
        if each.derived and match_key(each.name) == match_key(row.name)
    }
    return " ".join(
        sorted(
            {
                side.name
                for side in chains.values()
                for selector in side.selectors
                if systems.intersection(selector.translit)
            }
        )
    )


def perspectives(counted: Counted, langs: Sequence[str]) -> Figures:
    """Count the labels of contested places by perspective and language."""
    rows = []
    for name in counted.gazetteer.perspectives:
        for lang in langs:
            counts: Counter[str] = Counter()
            for place in counted.contested:
                label = counted.gazetteer.label(place, name, lang=lang)
                counts.update(
                    whole=label.complete and not label.kept,
                    lacking=not label.complete and not label.kept,
                    kept=label.kept,
                )
            rows.append(
                (name, lang, counts["whole"], counts["lacking"], counts["kept"])
            )
    return Figures(
        "By perspective",
        "Labels of contested places. Incomplete: a name is missing, or one that nobody "
        "is on record with stands for it. Kept: the author's own text stays, since no "
        "name was found or the rule says so.",
        ("perspective", "language", "complete", "incomplete", "kept"),
        rows,
    )


def _neutral(counted: Counted, lang: str) -> list[tuple[Place, Label]]:
    if NEUTRAL not in counted.gazetteer.perspectives:
        return []
    return [
        (place, counted.gazetteer.label(place, NEUTRAL, lang=lang))
        for place in counted.contested
    ]


def first(counted: Counted, langs: Sequence[str]) -> Figures:
    """Count whose name comes first in neutral labels of several names."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for lang in langs:
        for place, label in _neutral(counted, lang):
            if len(label.toponyms) > 1:
                side = side_of(counted.gazetteer, label, 0)
                counts[place.dispute, side, lang] += 1
    keys = sorted({key[:2] for key in counts})
    return Figures(
        "Who comes first",
        "In neutral labels of several names, which stand in the alphabetical order of "
        "the language.",
        ("dispute", "first", *langs),
        [(*key, *(counts[*key, lang] for lang in langs)) for key in keys],
    )


def incomplete(counted: Counted, langs: Sequence[str]) -> Figures:
    """Count the neutral labels that are incomplete, and for want of whom."""
    counts: Counter[tuple[str, str, str]] = Counter()
    places = Counter(place.dispute for place in counted.contested)
    for lang in langs:
        for place, label in _neutral(counted, lang):
            if not label.complete:
                for want in {_ANY, *_wanting(counted.gazetteer, label)}:
                    counts[place.dispute, want, lang] += 1
    keys = sorted({key[:2] for key in counts}, key=_any_first)
    return Figures(
        "Incomplete neutral labels",
        "By language, and for want of a name that a side uses; a label may want more "
        "than one. A name in the side's language that nobody is on record with is "
        "printed where there is one, and the label stays incomplete.",
        ("dispute", "for want of", "places", *langs),
        [
            (*key, places[key[0]], *(counts[*key, lang] for lang in langs))
            for key in keys
        ],
    )


def _any_first(key: tuple[str, str]) -> tuple[str, bool, str]:
    return key[0], key[1] != _ANY, key[1]


def _wanting(gazetteer: Gazetteer, label: Label) -> set[str]:
    """Return the sides of whom an incomplete label bears no name of their own."""
    found = {slot.partition(":")[0] for slot in label.missing}
    for at, usage in enumerate(label.usages):
        if usage is None and label.by_language:
            found |= set(side_of(gazetteer, label, at).split())
    return found
