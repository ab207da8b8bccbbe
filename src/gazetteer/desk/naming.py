"""Places named by their ids through one document: first once, later afterwards."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gazetteer.desk.note import note_on_names

if TYPE_CHECKING:
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.labels import Label
    from gazetteer.labels.rules import Note

__all__ = ["DocumentNames"]


class DocumentNames:
    """What one document calls the places that it names.

    The first mention of a place has the first form of its label, each one after it the
    later form. Headlines and captions, which ask for the compact form, do not count.
    Where a policy leaves the author's own name there is none, since the author wrote an
    id: then the place is called by its title.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        perspective: str = "neutral",
        *,
        lang: str = "en",
        event: str | None = None,
        published: str | None = None,
    ) -> None:
        """Begin a document.

        Args:
            gazetteer: the data in use.
            perspective: name of the policy.
            lang: BCP 47 tag of the document.
            event: EDTF date of what is told.
            published: EDTF date of the telling.
        """
        self._gazetteer = gazetteer
        self._perspective = perspective
        self._lang = lang
        self._dates = {"event": event, "published": published}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._labels: dict[tuple[str, str], Label] = {}

    def name(
        self,
        place_id: str,
        mention: str | None = None,
        *,
        perspective: str | None = None,
        lang: str | None = None,
    ) -> str:
        """Return what the document calls a place here, and count the mention.

        Args:
            place_id: an id, or ``scheme:id``.
            mention: ``first``, ``later`` or ``compact``; by the count if None.
            perspective: instead of the document's.
            lang: instead of the document's.

        Raises:
            UnknownPlaceError, UnknownPerspectiveError, DateError: as they say.
        """
        gazetteer = self._gazetteer
        place = gazetteer[place_id]
        policy = perspective or self._perspective
        key = (policy, place.place_id)
        number = self._counts[key] + 1
        label = gazetteer.label(
            place,
            policy,
            lang=lang or self._lang,
            mention=mention or ("later" if number > 1 else "first"),
            mention_number=number,
            event=self._dates["event"],
            published=self._dates["published"],
        )
        self._labels[key] = label
        if label.mention != "compact":
            self._counts[key] = number
        return label.text or gazetteer.title(place, lang or self._lang)

    @property
    def footnotes(self) -> list[Note]:
        """The notes that the labels so far carry, each once."""
        notes = (note for label in self._labels.values() for note in label.notes)
        return list(dict.fromkeys(notes))

    def note(self, markup: str = "plain") -> str:
        """Return the note on place names, with the sources of the labels so far."""
        labels = [
            label for (policy, _), label in self._labels.items()
            if policy == self._perspective
        ]  # fmt: skip
        return note_on_names(self._gazetteer, self._perspective, labels, markup=markup)
