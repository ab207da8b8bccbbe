"""Places of a source against the data, name by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.curation.candidates.candidate import Candidate
from gazetteer.curation.candidates.known import Known, distance
from gazetteer.folding import plain_key
from gazetteer.formats.building import UNKNOWN_LANGUAGE
from gazetteer.languages.lookalikes import mixed_script_problem, script_mismatch
from gazetteer.languages.scripts import primary_language, script_of_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.model import Place, Tables, Toponym

__all__ = ["candidates"]

_AWAY: Final = 5.0
"""Kilometres from which a point of the source is another point."""
_AROUND: Final = 30.0
"""Kilometres within which a name of another place is likely that place's own."""
_SHOWN: Final = 3


def candidates(
    tables: Tables,
    places: Iterable[Place],
    *,
    source: str = "",
    langs: Iterable[str] = (),
    known_only: bool = False,
) -> Iterator[Candidate]:
    """Yield what a source would add, place by place in its order.

    Args:
        tables: the data.
        places: of the source.
        source: key of sources.csv to put beside the names; as the reader has it if
            empty.
        langs: languages whose names are wanted; all if none.
        known_only: leave out places that are not in the data.
    """
    known = Known(tables)
    wanted = {primary_language(lang) for lang in langs}
    for place in places:
        names = [
            row
            for row in place.toponyms
            if not wanted or primary_language(row.lang) in wanted
        ]
        yield from _Compared(known, place, names, source).rows(known_only=known_only)


class _Compared:
    """One place of the source."""

    def __init__(
        self, known: Known, theirs: Place, names: list[Toponym], source: str
    ) -> None:
        self._known = known
        self._theirs = theirs
        self._names = names
        self._source = source

    def rows(self, *, known_only: bool) -> Iterator[Candidate]:
        linked = self._known.by_links(self._theirs)
        if len(linked) > 1:
            listed = ", ".join(sorted(each.place_id for each in linked))
            yield self._place("conflicting", f"its links lead to several: {listed}")
            return
        if linked:
            yield from self._against(linked[0])
            return
        near = self._known.by_name(self._theirs)
        if near:
            for ours in near:
                away = distance(ours, self._theirs) or 0.0
                reason = f"no link in common, but a name, and {away:.1f} km away"
                yield self._place("conflicting", reason, ours)
        elif not known_only and self._names:
            yield self._place(
                "new", "no link leads to a place here, and no name near by"
            )
            for row in self._names:
                yield self._name("new", "a name of a new place", row)

    # ------------------------------------------------------------------- the place

    def _place(self, status: str, reason: str, ours: Place | None = None) -> Candidate:
        theirs = self._theirs
        return Candidate(
            status,
            "places",
            reason,
            theirs.place_id,
            ours.place_id if ours else "",
            _titled(ours) if ours else "",
            ours.place_id if ours else "",
            name=", ".join(row.name for row in self._names[:_SHOWN]),
            valid=theirs.exists.text,
            type=theirs.type,
            fclass=theirs.fclass,
            lat=_degrees(theirs.lat),
            lon=_degrees(theirs.lon),
            note=theirs.note,
        )

    def _against(self, ours: Place) -> Iterator[Candidate]:
        theirs = self._theirs
        away = distance(ours, theirs)
        if away is not None and away > _AWAY:
            yield self._place("conflicting", f"its point is {away:.1f} km away", ours)
        elif away is None and ours.lat is None and theirs.lat is not None:
            yield self._place("new", "a point, where there is none", ours)
        if ours.fclass != theirs.fclass:
            reason = f"{theirs.fclass} there and {ours.fclass} here"
            yield self._place("conflicting", f"of another class: {reason}", ours)
        for row in self._names:
            yield self._judged(row, ours)
        yield from self._links(ours)

    def _links(self, ours: Place) -> Iterator[Candidate]:
        have = {(row.scheme, row.id): row for row in ours.link_rows}
        for row in self._theirs.link_rows:
            mine = have.get((row.scheme, row.id))
            if mine is not None:
                if mine.match == row.match:
                    continue
                status, reason = "conflicting", f"{mine.match} here"
            else:
                others = sorted(
                    each.id for each in ours.link_rows if each.scheme == row.scheme
                )
                status = "conflicting" if others else "new"
                reason = f"here {', '.join(others)}" if others else "a link not here"
            yield Candidate(
                status,
                "links",
                reason,
                self._theirs.place_id,
                ours.place_id,
                _titled(ours),
                scheme=row.scheme,
                id=row.id,
                match=row.match,
                sources=self._source or row.source,
            )

    # ------------------------------------------------------------------- its names

    def _name(
        self,
        status: str,
        reason: str,
        row: Toponym,
        ours: Place | None = None,
        row_id: str = "",
    ) -> Candidate:
        return Candidate(
            status,
            "names",
            reason,
            self._theirs.place_id,
            ours.place_id if ours else "",
            _titled(ours) if ours else "",
            row_id,
            row.name,
            row.lang,
            row.form,
            row.valid.text,
            sources=self._source or " ".join(row.sources),
            note=row.note,
        )

    def _judged(self, row: Toponym, ours: Place) -> Candidate:
        """Return one name with its status, for the first reason that there is."""
        same = [each for each in ours.toponyms if each.name == row.name]
        for each in same:
            if each.lang == row.lang:
                known = " ".join(each.sources)
                reason = f"borne by {known}"
                return self._name("there", reason, row, ours, each.name_id)
        if same and row.lang == UNKNOWN_LANGUAGE:
            reason = f"its language is not said; here {same[0].lang!r}"
            return self._name("there", reason, row, ours, same[0].name_id)
        doubt = _doubtful_letters(row)
        if doubt:
            return self._name("conflicting", doubt, row, ours)
        if same:
            reason = f"here it is in {same[0].lang!r}"
            return self._name("conflicting", reason, row, ours, same[0].name_id)
        return self._new(row, ours)

    def _new(self, row: Toponym, ours: Place) -> Candidate:
        """Return a name that is not there, with what speaks against it."""
        for each in ours.toponyms:
            if each.lang == row.lang and plain_key(each.name) == plain_key(row.name):
                reason = f"differs from {each.name!r} in marks or case alone"
                return self._name("conflicting", reason, row, ours, each.name_id)
        others = self._known.neighbours_called(row.name, row.lang, ours, _AROUND)
        if others:
            reason = f"near by this is {_titled(others[0])} ({others[0].place_id})"
            return self._name("conflicting", reason, row, ours)
        have = sorted({each.name for each in ours.toponyms if each.lang == row.lang})
        if row.lang == UNKNOWN_LANGUAGE:
            reason = "its language is not said"
        elif have:
            reason = f"beside {', '.join(have[:_SHOWN])}"
        else:
            reason = f"the first name in {row.lang!r}"
        return self._name("new", reason, row, ours)


def _doubtful_letters(row: Toponym) -> str | None:
    """Say what is wrong with the letters of a name in its language, or None."""
    mixed = mixed_script_problem(row.name, row.lang)
    if mixed:
        return mixed
    if script_of_tag(row.lang) and not row.derived:
        return "in another script than the language's own; by which system?"
    return script_mismatch(row.name, row.lang)


def _titled(place: Place) -> str:
    names = sorted({row.name for row in place.toponyms if row.form != "hidden"})
    return ", ".join(names[:_SHOWN])


def _degrees(value: float | None) -> str:
    return "" if value is None else repr(value)
