"""Laws and reach of the match keys."""

from __future__ import annotations

import csv
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.folding import class_key, match_key, plain_key, strip_ignorable

CASES = Path(__file__).parent / "cases"
KEYS = [match_key, plain_key, class_key]

# Letters of the scripts with a table, with what stands among them
NAME_ALPHABET = (
    "abcdefghijklmnopqrstuvwxyzABCHIJSTXZ əƏǝıİşŞçÇğĞöüéßæøđłčžśŠ"
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёѣіѵѳәғҝҹөүһјАИІѢҸ"
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆևԵՎՈՒՍ՞՛՜֊"
    "აბგდევზთიკლმნოჟრსტუფქღყშჩცძწჭხჯჰ"
    "اآبپتجچحخدرزژسشصطعغفقکكگلمنوهیيىئةءـ\u064e\u0651\u200c"
    "αβγδεζηθικλμνξοπρσςτυφχψωάίΐύΑΣ"
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת\u05b8"
    "-–—'’ʻʼʿ. /()\u00ad\u200b\u0301\u0306\u030c\u0327\u0323"
)
names = st.text(alphabet=NAME_ALPHABET, max_size=16)
latin = st.text(alphabet="aehiouywtdszjckgqxbpvfrm ", max_size=12)
anything = st.one_of(st.text(max_size=20), names, latin)


@pytest.mark.parametrize("key", KEYS)
@given(text=anything)
@example(text="\ud800")
@example(text="İ")
@example(text="ﬁﬓ\u0345")
def test_idempotent(key, text):
    once = key(text)
    assert key(once) == once


@given(text=anything)
def test_class_key_is_made_from_the_match_key(text):
    assert class_key(match_key(text)) == class_key(text)
