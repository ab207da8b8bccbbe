"""How statements about a name bear on a date."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.dates import LAST_DAY, Interval
from gazetteer.labels.asking import position
from gazetteer.model import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer.labels.asking import Moment
    from gazetteer.labels.rules import Selector
    from gazetteer.model import Place, Toponym, Usage

__all__ = [
    "Bearing",
    "bears",
    "closed",
    "former",
    "in_use",
    "rejections",
    "usages",
]

_STATUS_RANK = {status: rank for rank, status in enumerate(STATUSES)}
_UNUSED = len(STATUSES)  # rank of a name of which no usage is known

# How far a statement is from the date: it covers it, it does not, or whoever made it
# was no more.
_NEAR, _FAR, _NO_MORE = range(3)


class Bearing(NamedTuple):
    """How a statement bears on a date: the less, the better, in this order.

    Attributes:
        tier: whether the name is a former one, where no date is known; whether it is
            known to have been in use, where the name of the time is asked for; else 0.
        far: whether it covers the date.
        authority: position of the authority in the selector's list.
        status: position in the model's list.
        kind: a statement before the date, one after it, none with a date.
        distance: in days, among statements of one kind.
        start: the latest first.
        usage: the statement; None where nobody is known to use the name.
        words: ``dated``, ``attested`` or ``undated``.
    """

    tier: int
    far: int
    authority: int
    status: int
    kind: int
    distance: int
    start: int
    usage: Usage | None
    words: str

    @property
    def rank(self) -> tuple[int, ...]:
        """What two bearings are compared by."""
        return self[:7]


def closed(valid: Interval) -> bool:
    """Tell whether a stretch of time is known to have ended.

    A single date says only that a name was in use then, so it has not.

    Examples:
        >>> from gazetteer.dates import parse_interval
        >>> [closed(parse_interval(text)) for text in ("/1936", "1936/..", "1936", "")]
        [True, False, False, False]
    """
    return "/" in valid.text and valid.end < LAST_DAY


def former(usage: Usage, term: Interval | None) -> bool:
    """Tell whether an authority is known to have given up a name.

    Args:
        usage: the statement that the authority used it.
        term: when the authority spoke, if it is no more: what it used to the end it
            never gave up.
    """
    return closed(usage.valid) and (term is None or usage.valid.end < term.end)


def in_use(toponym: Toponym, days: Interval | None) -> bool:
    """Tell whether a name itself was in use on a date; without one, whether it is.

    Args:
        toponym: the name.
        days: the date, or None where none is known.
    """
    if days is None:
        return not closed(toponym.valid)
    return toponym.valid.overlaps(days)


def usages(
    toponym: Toponym,
    selector: Selector,
    moment: Moment,
    terms: Mapping[str, Interval],
) -> Iterator[Bearing]:
    """Yield how each usage that a selector takes bears on the date.

    Args:
        toponym: the name.
        selector: whose usage is asked for, and how.
        moment: the date.
        terms: when authorities that are no more spoke.
    """
    days = moment.days
    dated = days is not None and "/" in toponym.valid.text
    covered = dated and not moment.later
    bare = not selector.authority and not selector.status
    used = any(usage.status != "rejected" for usage in toponym.usages)
    if bare and (not toponym.usages or (dated and used)):
        # Who used it then is not known, but that it was in use then may be.
        start = -toponym.valid.start
        words, far = ("dated", _NEAR) if covered else ("undated", _FAR)
        tier = int(closed(toponym.valid)) if days is None else far
        tier = tier if moment.strict else 0
        yield Bearing(tier, far, 0, _UNUSED, 2, 0, start, None, words)
    for usage in toponym.usages:
        if usage.status == "rejected":
            continue
        if selector.status and usage.status not in selector.status:
            continue
        authority = position(usage.authority, selector.authority)
        term = terms.get(usage.authority)
        near = _nearness(toponym, usage, moment, term)
        if authority < 0 or near is None:
            continue
        far, kind, distance, words = near
        if covered and words != "attested":
            far = _NEAR
        start = -max(toponym.valid.start, usage.valid.start)
        status = _STATUS_RANK[usage.status]
        tier = far
        if days is None:
            gone = term is not None and closed(term)
            tier = int(gone or closed(toponym.valid) or closed(usage.valid))
        tier = tier if moment.strict else 0
        yield Bearing(tier, far, authority, status, kind, distance, start, usage, words)


def bears(
    toponym: Toponym,
    selector: Selector,
    moment: Moment,
    terms: Mapping[str, Interval],
) -> bool:
    """Tell whether a statement that a selector takes bears on a date."""
    return any(True for _ in usages(toponym, selector, moment, terms))


def _nearness(  # noqa: PLR0911 - one return for each kind of statement
    toponym: Toponym, usage: Usage, moment: Moment, term: Interval | None
) -> tuple[int, int, int, str] | None:
    """Return how a statement bears on a date, or None where it does not.

    An interval says when a name was in use, so it holds for its days alone. A single
    date says only that the name was in use then: it bears on other dates less than an
    interval that covers them, the last before the date more than the first after it;
    and one after it not at all where the name of the time is asked for, unless the
    name is known to have been in use. An undated statement bears least, but for the
    last word of an authority that is no more.
    """
    valid, days = usage.valid, moment.days
    if days is None:
        return (_NEAR, 0, 0, "dated")
    if term is not None and not term.overlaps(days):
        return _out_of_term(valid, days, term) if moment.later else None
    if not valid.dated:
        return (_FAR, 2, 0, "undated")
    if valid.overlaps(days):
        return (_NEAR, 0, 0, "dated")
    if "/" in valid.text:
        return None
    if valid.start < days.start:
        return (_FAR, 0, -valid.start, "attested")
    in_its_time = "/" in toponym.valid.text
    return (_FAR, 1, valid.start, "attested") if moment.later or in_its_time else None


def _out_of_term(
    valid: Interval, days: Interval, term: Interval
) -> tuple[int, int, int, str] | None:
    if "/" in valid.text and (valid.end < term.end or valid.start > days.end):
        return None
    if term.start > days.end:
        return (_NO_MORE, 1, max(valid.start, term.start), "attested")
    last = term.end if valid.end >= LAST_DAY else valid.start
    return (_NO_MORE, 0, -last, "attested")


def rejections(
    place: Place,
    toponym: Toponym,
    authorities: frozenset[str] | None,
    days: Interval | None,
) -> list[Usage]:
    """Return the statements by which authorities (None: any) reject a name of a place.

    A name is rejected as text: in any row of the place that is written alike, and in
    the row that it was derived from. With no date any rejection counts; with a date
    those that cover it, or were stated on a day before it.
    """
    same = unicodedata.normalize("NFC", toponym.name).casefold()
    found: list[Usage] = []
    for row in place.toponyms:
        alike = row.name_id in (toponym.name_id, toponym.from_name)
        if not alike and row.name.casefold() != same:
            continue
        found += [
            usage
            for usage in row.usages
            if usage.status == "rejected"
            and (authorities is None or usage.authority in authorities)
            and _holds(usage.valid, days)
        ]
    return sorted(
        found, key=lambda usage: (usage.authority, usage.name_id, usage.source)
    )


def _holds(valid: Interval, days: Interval | None) -> bool:
    if days is None or valid.overlaps(days):
        return True
    return "/" not in valid.text and valid.start < days.start
