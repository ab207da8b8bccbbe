"""What may stand in the way of a label, once the place is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.render.asked import Decision
from gazetteer.render.fit import ends_plainly
from gazetteer.text import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.labels import Label
    from gazetteer.model import Place
    from gazetteer.text import Mention

__all__ = ["names_in", "obstacle", "overlapping", "same_name"]


def obstacle(mention: Mention, label: Label, reported: str) -> Decision | None:
    """Return the refusal of a label that cannot stand where the mention is, or None.

    Args:
        mention: what would be replaced.
        label: what would stand there.
        reported: ``render`` or ``keep``, for mentions in reported speech.
    """
    if label.missing:
        missing = "; ".join(label.missing)
        reason = f"only one side's name is known; missing: {missing}"
        return Decision("refuse", "one-side", reason)
    follows = mention.suffix or mention.role == "attributive"
    if follows and not ends_plainly(label.text):
        reason = f"{label.text!r} does not fit before an ending or a noun"
        return Decision("refuse", "fit", reason)
    if mention.hyphenated and len({row.name for row in label.toponyms}) > 1:
        reason = f"a hyphen joins it to another name, and {label.text!r} is long"
        return Decision("refuse", "compound", reason)
    return _in_report(mention, label, reported) if mention.reported else None


def _in_report(mention: Mention, label: Label, reported: str) -> Decision | None:
    if reported == "keep":
        return Decision("refuse", "reported", "its sentence reports somebody")
    written = {toponym.name.casefold() for toponym in mention.toponyms}
    if any(toponym.name.casefold() in written for toponym in label.toponyms):
        return None
    reason = (
        f"its sentence reports what somebody said, and {label.text!r} does not "
        f"contain the name that was written"
    )
    return Decision("refuse", "reported", reason)


def same_name(name: str, label: str) -> bool:
    """Tell whether two names differ in nothing but the word for the type of place.

    Whether a text says region, province or district is its author's choice.
    """
    return name == label or (" " in name and _core(name) == _core(label))


def _core(name: str) -> list[str]:
    types = load_words("en")["cue"]
    return [word for word in name.casefold().split(" ") if word not in types]


def overlapping(places: Sequence[Place]) -> bool:
    """Tell whether somebody says that one of the places overlaps another."""
    ids = {place.place_id for place in places}
    return any(
        relation.predicate == "overlaps" and relation.object in ids
        for place in places
        for relation in place.relations
    )


def names_in(mention: Mention) -> list[str]:
    """Return the names that a dual label is made of, in lower case."""
    written = mention.text.casefold()
    return [
        toponym.name.casefold()
        for toponym in mention.toponyms
        if toponym.name.casefold() in written
    ]
