"""Signs that a key leaves out without a trace."""

from __future__ import annotations

from typing import Final

__all__ = ["ARMENIAN_ACCENTS", "INVISIBLE", "OMITTED", "VOWEL_POINTS"]

# Soft hyphen, zero-width space, non-joiner and joiner, word joiner, byte order mark.
INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

# The Armenian stress mark, exclamation mark and question mark stand on the stressed
# vowel, inside the word (https://www.unicode.org/charts/PDF/U0530.pdf).
ARMENIAN_ACCENTS: Final = "\u055b\u055c\u055e"

# Apostrophes of all kinds mark an aspirate, a glottal stop or a palatal in
# romanizations, and are as often left out; a full stop ends an abbreviation; a middle
# dot parts letters; the Arabic tatweel stretches a word.
OMITTED: Final = (
    "'.`\u00b4\u00b7\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb"
    "\u055a\u055f\u05f3\u05f4\u0640\u2018\u2019\u201b\u2027\u2032\u2035\ua78b\ua78c"
    + ARMENIAN_ACCENTS
)

# Hebrew points and Arabic vowel signs
VOWEL_POINTS: Final = "".join(
    map(chr, (*range(0x591, 0x5BE), *range(0x5BF, 0x5C3), *range(0x64B, 0x660), 0x670))
)
