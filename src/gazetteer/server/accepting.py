"""Which of several forms a client would have (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["accepted"]


def accepted(header: str, forms: Mapping[str, str]) -> str | None:
    """Return the form that a header Accept likes best, or None if it takes none.

    Args:
        header: as it was sent; empty for anything.
        forms: media type to form, the one that is preferred first.

    Examples:
        >>> forms = {"text/html": "html", "application/json": "json"}
        >>> accepted("application/json, text/html;q=0.5", forms)
        'json'
        >>> accepted("*/*", forms), accepted("", forms)
        ('html', 'html')
        >>> accepted("image/png", forms) is None
        True
    """
    ranges = [each for each in map(_range, header.split(",")) if each[0]]
    if not ranges:
        return next(iter(forms.values()))
    best: tuple[float, str] | None = None
    for media, form in forms.items():
        weight = _weight(media, ranges)
        if weight > 0 and (best is None or weight > best[0]):
            best = weight, form
    return best[1] if best else None


def _range(text: str) -> tuple[str, float]:
    media, *parameters = (part.strip() for part in text.lower().split(";"))
    weight = 1.0
    for each in parameters:
        name, _, value = each.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
    return media, weight if 0 <= weight <= 1 else 0.0


def _weight(media: str, ranges: list[tuple[str, float]]) -> float:
    # the most specific range that fits counts
    main = media.partition("/")[0]
    for wanted in (media, f"{main}/*", "*/*"):
        found = [weight for each, weight in ranges if each == wanted]
        if found:
            return max(found)
    return 0.0
