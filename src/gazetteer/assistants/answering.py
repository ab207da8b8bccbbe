"""Fills what the tools answer from the library's own values."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from gazetteer.assistants.shapes import (
    Contested,
    FoundCandidate,
    FoundPlace,
    LeftMention,
    NameOfPlace,
    PlaceDetails,
    PrintedLabel,
    PrintedName,
    Rejection,
    RenderAnswer,
    RenderedChange,
    SourceShape,
    Statement,
    UsageOfName,
)
from gazetteer.exchange.describing import Describer
from gazetteer.model import STATUSES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gazetteer.assistants.limits import Limits
    from gazetteer.dates import Interval
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.labels import Label
    from gazetteer.model import Place, Relation, Toponym, Usage
    from gazetteer.render import Rendering
    from gazetteer.resolve import Candidate, Resolution

__all__ = ["Answerer"]

_NEXT: Final = {
    "ambiguous": "several places have this name; ask which is meant, or pass what the "
    "text says of it as context (country, within, near, type, event)",
    "doubtful": "no name is near enough to be sure; ask whether a candidate is meant",
    "unmatched": "no place of the data is meant; do not use what came nearest, and "
    "keep the name as it was written",
}


class Answerer:
    """Says in the shapes of the tools what a gazetteer answers."""

    def __init__(self, gazetteer: Gazetteer, lang: str, limits: Limits) -> None:
        """Answer from a gazetteer, with titles in a language."""
        self._gazetteer = gazetteer
        self._limits = limits
        self._describer = Describer(gazetteer, lang)

    def decision(self, answer: Resolution) -> dict[str, Any]:
        """Return what the query was taken for: the fields of `Decision`."""
        shown = answer.candidates[: self._limits.most_candidates]
        if answer.match is not None:
            shown = shown[:1]
        return {
            "outcome": answer.outcome,
            "place_id": answer.match.place_id if answer.match else None,
            "reasons": [*answer.notes, answer.explain().partition("\n")[0]],
            "next_step": _NEXT.get(answer.outcome),
            "candidates": [self._candidate(each) for each in shown],
            "candidates_left_out": len(answer.candidates) - len(shown),
        }

    def _candidate(self, candidate: Candidate) -> FoundCandidate:
        row = candidate.toponym
        return FoundCandidate(
            **self._found(candidate.place),
            name=row.name if row else None,
            lang=row.lang if row else None,
            method=candidate.method,
            similarity=round(candidate.similarity, 1),
            score=round(candidate.score, 1),
            reasons=list(candidate.reasons),
        )

    def _found(self, place: Place) -> dict[str, Any]:
        return FoundPlace(
            place_id=place.place_id,
            title=self._describer.title(place.place_id),
            type=place.type,
            description=self._describer.description(place.place_id),
            contested=place.contested,
            lat=place.lat,
            lon=place.lon,
        ).model_dump()

    # ------------------------------------------------------------------- labels

    def label(self, label: Label) -> PrintedLabel:
        """Return a label; where nothing is to be printed its text is null."""
        called = {row.name_id: row.name for row in label.toponyms}
        return PrintedLabel(
            perspective=label.perspective,
            version=label.version,
            lang=label.lang,
            text=None if label.withheld else label.text,
            known=(label.text or None) if label.withheld else None,
            complete=label.complete,
            missing=list(label.missing),
            by_language_only=list(label.by_language),
            rejected_by=[
                Rejection(
                    name=called.get(name_id, name_id),  # type: ignore[call-overload]
                    authority=self._describer.authority(who),
                )
                for name_id, who in label.rejected_by
            ],
            rule=label.rule or None,
            names=[
                self._printed(*each)
                for each in zip(label.toponyms, label.usages, strict=True)
            ],
            notes=[note.text for note in label.notes],
            sources=list(label.sources),
            reasons=list(label.reasons),
        )

    def _printed(self, row: Toponym, usage: Usage | None) -> PrintedName:
        return PrintedName(
            name=row.name,
            lang=row.lang,
            derived=row.derived,
            authority=self._describer.authority(usage.authority) if usage else None,
            status=usage.status if usage else None,
            when=(usage.valid.text or None) if usage else None,
            sources=sorted({*row.sources, *([usage.source] if usage else [])}),
        )

    # ------------------------------------------------------------------- places

    def place(self, place: Place, langs: Collection[str]) -> PlaceDetails:
        """Return what is known of a place.

        Args:
            place: what is shown.
            langs: of the names wanted; all if empty.
        """
        rows = sorted(
            (
                row
                for row in place.toponyms
                if row.form != "hidden" and (not langs or row.lang in langs)
            ),
            key=lambda row: (row.lang, row.name),
        )
        names, relations = self._limits.most_names, self._limits.most_statements
        kept = sorted(rows, key=_weight)[:names]
        shown = [row for row in rows if row in kept]
        said = _by_turns(place.relations)[:relations]
        keys = {key for row in shown for key in row.sources}
        keys |= {usage.source for row in shown for usage in row.usages}
        keys |= {relation.source for relation in said}
        return PlaceDetails(
            **self._found(place),
            exists=place.exists.text or None,
            langs=list(place.langs),
            dispute=self._dispute(place),
            links=place.links,
            names=[self._name(row) for row in shown],
            names_left_out=len(rows) - len(shown),
            statements=[
                Statement(
                    statement=self._describer.statement(each),
                    according_to=each.according_to or None,
                    source=each.source or None,
                )
                for each in said
            ],
            statements_left_out=len(place.relations) - len(said),
            sources=self._sources(keys),
            data_version=self._gazetteer.version,
        )

    def _dispute(self, place: Place) -> Contested | None:
        dispute = self._gazetteer.tables.disputes.get(place.dispute)
        if dispute is None:
            return None
        return Contested(
            dispute=dispute.dispute,
            title=dispute.title,
            parties=self._describer.parties(place),
            criterion=dispute.criterion,
            source=dispute.source or None,
        )

    def _name(self, row: Toponym) -> NameOfPlace:
        return NameOfPlace(
            name=row.name,
            lang=row.lang,
            form=row.form,
            derived=row.derived,
            when=row.valid.text or None,
            used=[
                UsageOfName(
                    authority=self._describer.authority(usage.authority),
                    status=usage.status,
                    when=usage.valid.text or None,
                    source=usage.source or None,
                )
                for usage in row.usages
            ],
            sources=list(row.sources),
        )

    def _sources(self, keys: set[str]) -> list[SourceShape]:
        known = self._gazetteer.tables.sources
        return [
            SourceShape(
                key=key,
                title=known[key].title,
                url=known[key].url or None,
                licence=known[key].licence or None,
            )
            for key in sorted(keys)
            if key in known
        ]

    # -------------------------------------------------------------------- texts

    def rendering(self, rendering: Rendering) -> RenderAnswer:
        """Return a rendered text with the reasons."""
        most = self._limits.most_mentions
        changes, refusals = rendering.changes[:most], rendering.refusals[:most]
        return RenderAnswer(
            text=rendering.text,
            perspective=rendering.perspective,
            version=rendering.version,
            data_version=rendering.data_version,
            policy=rendering.policy or None,
            lang=rendering.lang,
            changes=[
                RenderedChange(
                    start=each.start,
                    end=each.end,
                    before=each.before,
                    after=each.after,
                    place_id=each.place_id or None,
                    rule=each.rule or None,
                    reason=each.reason,
                    complete=each.label.complete if each.label else None,
                    sources=list(each.label.sources) if each.label else [],
                )
                for each in changes
            ],
            changes_left_out=len(rendering.changes) - len(changes),
            left=[
                LeftMention(**each._asdict() | {"place_ids": list(each.place_ids)})
                for each in refusals
            ],
            left_out=len(rendering.refusals) - len(refusals),
            already_as_wanted=len(rendering.kept),
            warnings=list(rendering.warnings),
            footnotes=[
                f"{note.mark} {note.text}".strip() for note in rendering.footnotes
            ],
        )


def _weight(row: Toponym) -> tuple[int, int]:
    """Return what sorts names by what is left out last.

    What somebody is on record with comes first, the official and the newest before.
    """
    if not row.usages:
        return len(STATUSES), 0
    return min(
        (STATUSES.index(usage.status), -_since(usage.valid)) for usage in row.usages
    )


def _by_turns(relations: Sequence[Relation]) -> list[Relation]:
    """Return statements by what is left out last.

    Each authority has its turn, with its newest one first and the undated last, so
    that where some are left out no side is left out before another.
    """
    turns: Counter[str] = Counter()
    sorted_: list[tuple[int, int, int]] = []
    newest = sorted(enumerate(relations), key=lambda each: -_since(each[1].valid))
    for number, relation in newest:
        sorted_.append((turns[relation.according_to], -_since(relation.valid), number))
        turns[relation.according_to] += 1
    return [relations[number] for _, _, number in sorted(sorted_)]


def _since(valid: Interval) -> int:
    return valid.start if valid.dated else -1
