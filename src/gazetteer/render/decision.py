"""Decide of each mention whether it is changed, left or right already."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING

from gazetteer.labels.sides import side_slots
from gazetteer.languages.inflection import load_inflection
from gazetteer.languages.scripts import default_script, same_script, script_of
from gazetteer.render.asked import Decision
from gazetteer.render.fit import ends_plainly, fit
from gazetteer.render.glossing import gloss
from gazetteer.render.inflect import inflect_label
from gazetteer.render.obstacles import names_in, obstacle, overlapping, same_name
from gazetteer.render.onesided import gives_no_side_more
from gazetteer.text import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.labels import Label, Labeller
    from gazetteer.model import Dispute, Place, Toponym
    from gazetteer.render.asked import Asked
    from gazetteer.render.fit import Fitted
    from gazetteer.render.referents import Referent
    from gazetteer.text import Mention

__all__ = ["Decider"]

# Forms that may only stand for themselves; a name of another form is never put there.
_FORMS = ("abbr", "full", "short")


class Decider:
    """Decides the mentions of one text from left to right."""

    def __init__(
        self,
        labeller: Labeller,
        disputes: Mapping[str, Dispute],
        text: str,
        asked: Asked,
    ) -> None:
        self._labeller = labeller
        self._disputes = disputes
        self._text = text
        self._asked = asked
        self._counts: dict[str, int] = {}
        rules = labeller.perspectives[asked.perspective].rules
        self._cycle = lcm(*(len(rule.later) or 1 for rule in rules))
        self._rejections: dict[str, bool] = {}
        self._places: dict[str, Place] = {}
        self._labels: dict[tuple[str, str, int, str], Label] = {}
        # whether the label asked for last was a compact one that is no first mention
        self._in_passing = False
        self._inflection = load_inflection(asked.lang)
        self._glossed: set[str] = set()  # places that a quotation has a gloss for
        self._end = 0  # where the label ends that was last found standing there

    def decide(
        self, mention: Mention, referent: Referent, *, heading: bool
    ) -> Decision:
        """Return what becomes of a mention, and count it.

        Args:
            mention: the next one of the text.
            referent: what it refers to.
            heading: whether it stands in a heading, where the compact form is used.
        """
        places = referent.places or ()
        decision = self._decide(mention, referent, places, heading=heading)
        if mention.glossed or decision.code == "gloss":
            self._glossed.update(place.place_id for place in places)
        if decision.counts and not self._in_passing:
            for place in places:
                number = self._counts.get(place.place_id, 0)
                self._counts[place.place_id] = number + 1
        return decision

    # --------------------------------------------------------------- the steps

    def _decide(
        self,
        mention: Mention,
        referent: Referent,
        places: Sequence[Place],
        *,
        heading: bool,
    ) -> Decision:
        if places and all(self._untouched(mention, place) for place in places):
            reason = "nobody contests the name, and the perspective does not reject it"
            return Decision("keep", "not-contested", reason)
        if not same_script(script_of(mention.text), default_script(self._asked.lang)):
            reason = f"written in another script than {self._asked.lang!r} has"
            return Decision("refuse", "script", reason)
        label = self._shared_label(mention, places, heading=heading)
        if label is not None and not label.kept and self._stands_there(mention, label):
            return _kept_as_is(self._end)
        return self._unfree(mention, referent, label) or self._free(mention, label)

    def _unfree(
        self, mention: Mention, referent: Referent, label: Label | None
    ) -> Decision | None:
        """Return the refusal of a mention that is protected or not understood."""
        if mention.glossable and label is not None and not referent.code:
            glossed = self._glossed_quotation(mention, label)
            if glossed is not None:
                return glossed
        if mention.protected:
            reason = mention.reason or ROLES[mention.role]
            gloss = mention.role == "gloss"
            return Decision("refuse", mention.role, reason, counts=gloss)
        if referent.code == "ambiguous" and overlapping(referent.places):
            reason = (
                f"{referent.reason}; they overlap, so only the caller can say which"
            )
            return Decision("refuse", "extent", reason)
        if referent.code and not (referent.code == "ambiguous" and label is not None):
            return Decision("refuse", referent.code, referent.reason)
        return None

    def _glossed_quotation(self, mention: Mention, label: Label) -> Decision | None:
        """Return the gloss of a quoted mention, if it is to have one and can."""
        if self._asked.quotations != "gloss" or label.place_id in self._glossed:
            return None
        if label.kept or not label.text or label.missing:
            return None
        own = len(label.toponyms) == 1 and self._their_own(mention, label)
        if own or self._no_gain(mention, label):
            return None
        fitted = gloss(self._text, mention, label, self._asked)
        if fitted is None:
            return None
        reason = (
            f"in a quotation, which stays; its first mention of the place is glossed "
            f"with the label by {label.rule}"
        )
        return Decision("change", "gloss", reason, True, label, fitted, fitted.end)  # noqa: FBT003

    def _free(self, mention: Mention, label: Label | None) -> Decision:
        """Decide a mention that nothing protects and whose label is known."""
        assert label is not None  # noqa: S101  (one place, or one label for all)
        if label.kept or not label.text:
            return self._no_label(mention, label)
        if len(label.toponyms) == 1 and self._their_own(mention, label):
            reason = "those for whom the perspective speaks write it so too"
            return Decision("keep", "own", reason, counts=True)
        if self._no_gain(mention, label):
            reason = (
                f"{label.text!r} is one side's name too, so that no other side would "
                f"be heard"
            )
            return Decision("keep", "one-sided", reason, counts=True)
        return self._weigh(mention, label)

    def _their_own(self, mention: Mention, label: Label) -> bool:
        """Tell whether the perspective's authorities use the name that is written."""
        asked = self._asked
        return any(
            self._labeller.uses(
                row, asked.perspective, when=asked.published or asked.event or ""
            )
            for row in mention.toponyms
            if row.place_id == label.place_id
        )

    def _no_gain(self, mention: Mention, label: Label) -> bool:
        """Tell whether a policy that speaks for nobody would change nothing by it."""
        policy = self._labeller.perspectives[self._asked.perspective]
        place = self._places[label.place_id]
        dispute = self._disputes.get(place.dispute)
        if policy.authorities or dispute is None:
            return False
        sides = [frozenset(slot.parties) for slot in side_slots(dispute, policy.sides)]
        return gives_no_side_more(self._rows(mention, place), label, place, sides)

    def _untouched(self, mention: Mention, place: Place) -> bool:
        """Tell whether a place's name is contested by nobody and not rejected."""
        if place.contested:
            return False
        return not any(self._rejected(row) for row in self._rows(mention, place))

    def _rows(self, mention: Mention, place: Place) -> list[Toponym]:
        return [row for row in mention.toponyms if row.place_id == place.place_id]

    def _rejected(self, toponym: Toponym) -> bool:
        known = self._rejections.get(toponym.name_id)
        if known is None:
            asked = self._asked
            known = self._rejections[toponym.name_id] = self._labeller.rejects(
                toponym, asked.perspective, when=asked.event or asked.published or ""
            )
        return known

    def _shared_label(
        self, mention: Mention, places: Sequence[Place], *, heading: bool
    ) -> Label | None:
        """Return the label of all the places, or None if they differ."""
        labels = [self._label(mention, place, heading=heading) for place in places]
        if not labels:
            return None
        first = labels[0]
        same = all(
            (label.text, label.kept) == (first.text, first.kept) for label in labels
        )
        return first if same and (len(labels) == 1 or not first.kept) else None

    def _label(self, mention: Mention, place: Place, *, heading: bool) -> Label:
        count = self._counts.get(place.place_id, 0)
        kind = "compact" if heading else "later" if count else "first"
        self._places[place.place_id] = place
        form = self._form(mention, place)
        label = self._ask(place, kind, count + 1, form)
        follows = mention.suffix or mention.role == "attributive"
        if follows and not label.kept and not ends_plainly(label.text):
            label = self._ask(place, "compact", count + 1, form)
        first = self._ask(place, "first", 1, form)
        self._in_passing = label.mention == "compact" and label.text != first.text
        return label

    def _ask(self, place: Place, kind: str, number: int, form: str) -> Label:
        # Only a list of later forms asks for the number, and goes round in it.
        number = number if number < 2 else 2 + (number - 2) % self._cycle  # noqa: PLR2004
        key = (place.place_id, kind, number, form)
        label = self._labels.get(key)
        if label is None:
            asked = self._asked
            label = self._labels[key] = self._labeller.label(
                place,
                asked.perspective,
                lang=asked.lang,
                event=asked.event,
                published=asked.published,
                mention=kind,
                mention_number=number,
                form=form,
                facets=dict(asked.facets),
            )
        return label

    def _form(self, mention: Mention, place: Place) -> str:
        """Return the form that is written, which the label must have too."""
        forms = {row.form for row in self._rows(mention, place)}
        return next((form for form in _FORMS if {form} == forms), "")

    def _stands_there(self, mention: Mention, label: Label) -> bool:
        """Tell whether the label, or all its names, stand there; note where it ends."""
        text, end = self._text, mention.end
        if (
            mention.names == 1
            and any(same_name(row.name, label.bare) for row in mention.toponyms)
            and text.startswith(label.marks, end)
        ):
            self._end = end + len(label.marks)
            return True
        for fitted in dict.fromkeys((self._fit(mention, label).text, label.text)):
            offset = fitted.find(mention.text)
            while offset >= 0:
                start = mention.start - offset
                if start >= 0 and text.startswith(fitted, start):
                    self._end = max(start + len(fitted), end)
                    return True
                offset = fitted.find(mention.text, offset + 1)
        self._end = mention.end
        names = {toponym.name.casefold() for toponym in label.toponyms}
        return len(names) > 1 and mention.names > 1 and names <= set(names_in(mention))

    def _fit(self, mention: Mention, label: Label) -> Fitted:
        asked = self._asked
        text = label.text
        if self._inflection is not None:
            text = inflect_label(label, mention, self._inflection).text or text
            # the ending is part of the inflected label
            end = mention.end + len(mention.suffix)
            mention = mention._replace(end=end, suffix="")
        return fit(self._text, mention, text, lang=asked.lang, markdown=asked.markdown)

    def _no_label(self, mention: Mention, label: Label) -> Decision:
        who = self._asked.perspective
        if any(
            self._rejected(row)
            for row in mention.toponyms
            if row.place_id == label.place_id
        ):
            reason = (
                f"{mention.text!r} is rejected by an authority that {who!r} speaks "
                f"for, and no name of the same extent is known"
            )
            return Decision("refuse", "rejected", reason)
        if label.mention == "later" and self._has_a_first(mention, label):
            reason = "later mention: the rule leaves the author's own name"
            return Decision("keep", "author", reason, counts=True)
        other = self._of_any_form(mention, label)
        if other is not None:
            form = self._form(mention, self._places[label.place_id])
            reason = f"its label {other.text!r} is not of the same form ({form})"
            return Decision("refuse", "form", reason)
        missing = "; ".join(label.missing)
        if missing and label.toponyms:
            reason = f"only one side's name is known; missing: {missing}"
            return Decision("refuse", "one-side", reason)
        if not label.toponyms:
            reason = f"{who!r} has no name for the place"
            return Decision(
                "refuse",
                "no-name",
                f"{reason}; missing: {missing}" if missing else reason,
            )
        reason = "the rule leaves the author's name"
        return Decision("keep", "author", reason, counts=True)

    def _has_a_first(self, mention: Mention, label: Label) -> bool:
        """Tell whether the first mention had a label, which this one does without."""
        place = self._places[label.place_id]
        first = self._ask(place, "first", 1, self._form(mention, place))
        return bool(first.text) and not first.kept and not first.missing

    def _of_any_form(self, mention: Mention, label: Label) -> Label | None:
        """Return the label of another form, where only that is known."""
        place = self._places[label.place_id]
        if not self._form(mention, place):
            return None
        other = self._ask(place, "first", 1, "")
        return None if other.kept or other.missing or not other.text else other

    def _weigh(self, mention: Mention, label: Label) -> Decision:
        refusal = obstacle(mention, label, self._asked.reported)
        if refusal is not None:
            return refusal
        if self._inflection is not None:
            reason = inflect_label(label, mention, self._inflection).reason
            if reason:
                return Decision("refuse", "inflection", reason)
        fitted = self._fit(mention, label)
        if self._text[fitted.start : fitted.end] == fitted.text:
            return _kept_as_is(mention.end)
        return Decision(
            "change",
            "",
            _because(mention, label),
            counts=True,
            label=label,
            fitted=fitted,
            end=fitted.end,
        )


def _kept_as_is(end: int) -> Decision:
    return Decision("keep", "already", "it is the label already", counts=True, end=end)


def _because(mention: Mention, label: Label) -> str:
    reason = f"the label of {label.place_id} by {label.rule}"
    if mention.reported:
        reason += "; reported speech, but the label contains the name that was written"
    if label.rejected_by:
        who = ", ".join(sorted({authority for _, authority in label.rejected_by}))
        reason += f"; rejected in part by {who}"
    return reason
