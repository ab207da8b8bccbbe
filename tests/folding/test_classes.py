"""The class-merged key is found where it may begin, and nowhere is left out."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.folding import classes

WITHOUT = re.compile(classes._TOKEN.pattern.removeprefix(classes._BEGINS))


@given(
    st.one_of(
        st.text("abcdefghijklmnopqrstuvwxyz", max_size=12),
        st.text("cdghjkqstzpbaeouwvnn", max_size=9),
    )
)
def test_every_class_begins_with_two_letters_that_are_looked_for(name: str) -> None:
    found = [(m.span(), m.lastgroup) for m in classes._TOKEN.finditer(name)]
    assert found == [(m.span(), m.lastgroup) for m in WITHOUT.finditer(name)]
