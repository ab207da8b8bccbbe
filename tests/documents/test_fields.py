"""JSON and CSV: only the named fields change; all bytes around them stay."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.documents import DocumentError, open_document
from gazetteer.errors import DataError
from support_documents import NAMES, render

TEXTS = st.text() | st.sampled_from([f"The road to {name} is shut." for name in NAMES])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("ab/~"), inner),
    max_leaves=8,
)


def road(name: str) -> str:
    return f"The road to {name} is shut."


# ----------------------------------------------------------------------------- JSON


@pytest.mark.parametrize(("name", "pair"), NAMES.items())
@pytest.mark.parametrize(
    ("source", "fields"),
    [
        ('{{"a" :  "{}",\r\n"b":"{}", "c": 1.50}}', ["a"]),
        ('[{{"x":{{"a":["{}", "{}"]}}, "y": "{}"}}]', ["a"]),
        ('{{"x":[{{"a":"{}"}},{{"b":"{}"}}]}}', ["/x/*/a"]),
        ('{{"x~y/z":"{}", "a": "{}"}}', ["/x~0y~1z"]),
        ('\ufeff{{"a":"\\"{}", "b": "caf\u00e9 \\/ {}"}}', ["b"]),
    ],
)
def test_json(source: str, fields: list[str], name: str, pair: str) -> None:
    text = source.replace("{}", road(name)).replace("{{", "{").replace("}}", "}")
    rendered = render(text.encode(), "a.json", fields=fields, lang="en")
    after = rendered.content.decode()
    assert after != text
    assert after.replace(pair, name) == text
    assert len(rendered.changes) == len(after.split(pair)) - 1
    assert all(field.startswith("/") for field in rendered.names)


def test_json_is_escaped_as_the_file_is() -> None:
    plain = '{"a": "The road to Shushi, caf\\u00e9", "b": "%s"}'
    for letter, expected in [("x", "\\u015eu\\u015fa"), ("é", "Şuşa")]:
        raw = (plain % letter).encode()
        document = open_document(raw, "a.json", fields=["a"])
        rendered = render(raw, "a.json", fields=["a"], lang="en")
        changes = [each._replace(after='"Şuşa"') for each in rendered.changes]
        assert f'\\"{expected}\\", caf\\u00e9' in document.written([changes]).decode()


def test_json_lines() -> None:
    text = '{"a": "The road to Shushi."}\r\n\n{"a": "The road to Khankendi."}'
    rendered = render(text.encode(), "a.jsonl", fields=["a"], lang="en")
    assert rendered.names == ("line 1: /a", "line 3: /a")
    expected = text.replace("Shushi", NAMES["Shushi"])
    assert rendered.content.decode() == expected.replace(
        "Khankendi", NAMES["Khankendi"]
    )


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ('{"a": 1,\n "b" 2}', "2:6"),
        ("", "1:1"),
        ("\ufeff[1,]", r"1:\d"),
        ("[" * 100_000, "1:1"),
        ("[" + "9" * 5000 + "]", "1:1"),
        ('"\\x"', "1:2"),
    ],
)
def test_what_is_not_json_is_placed(source: str, where: str) -> None:
    with pytest.raises(DataError, match=rf"a\.json:{where}: error: bad-json"):
        open_document(source.encode(), "a.json", fields=["a"])


def test_all_lines_that_are_not_json_are_told() -> None:
    with pytest.raises(DataError) as caught:
        open_document(b'{\n{"a": "x"}\n]\n', "a.jsonl", fields=["a"])
    assert [problem.line for problem in caught.value.problems] == [1, 3]


def test_a_field_that_is_nowhere_lists_those_that_are_there() -> None:
    with pytest.raises(DocumentError, match="'c'; fields with text are: a, b"):
        open_document(b'{"a": "x", "b": ["y"], "c": 1}', "a.json", fields=["c"])


@given(VALUES, st.booleans(), st.sampled_from([None, 0, 2]))
def test_any_json_keeps_its_bytes(
    value: object, escaped: bool, indent: int | None
) -> None:
    shape = {"a": value, "t": "x"}
    # half a character cannot be in a file but as an escape
    text = json.dumps(shape, ensure_ascii=escaped, indent=indent)
    raw = text.encode("utf-8", "ignore")
    fields = ["t", "/a", "/a/*", "/a/*/*"]
    found = [field for field in fields if _there(raw, field)]
    document = open_document(raw, "a.json", fields=found)
    assert document.written([()] * len(document.texts)) == raw
    rendered = render(raw, "a.json", fields=found, lang="en")
    json.loads(rendered.content)
    again = render(rendered.content, "a.json", fields=found, lang="en")
    assert again.content == rendered.content
    strings = [piece.text for piece in document.texts if "\ufffd" not in piece.text]
    everything = set(_strings(json.loads(raw)))
    assert set(strings) <= everything


def _there(raw: bytes, field: str) -> bool:
    try:
        open_document(raw, "a.json", fields=[field])
    except DocumentError:
        return False
    return True


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [s for each in inner for s in _strings(each)] if isinstance(inner, list | type({}.values())) else []  # fmt: skip


# ------------------------------------------------------------------------------ CSV


@pytest.mark.parametrize(("name", "pair"), NAMES.items())
@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("id,note,x\n1,{},{}\n", "a.csv"),
        ('id;note\r\n1;"{}"\r\n"a\r\nb";{}', "a.csv"),
        ("\ufeffnote\tx\n{}\t{}\n\n", "a.tsv"),
        ('note|x\r"a ""{}"" b"|{}\r', "a.csv"),
        ("note\n{}\n{}", "a.csv"),
    ],
)
def test_csv(source: str, file: str, name: str, pair: str) -> None:
    text = source.replace("{}", road(name))
    rendered = render(text.encode(), file, fields=["note"], lang="en")
    after = rendered.content.decode()
    assert after.replace(pair, name) == text
    assert after.count(pair) == len(rendered.changes)
    if '""' not in source:  # a quotation
        assert rendered.changes
    assert all("column note" in where for where in rendered.names)


def test_a_cell_is_quoted_where_its_label_needs_it() -> None:
    raw = b"note,x\nThe road to Shushi,1\n"
    document = open_document(raw, "a.csv", fields=["note"])
    (change,) = render(raw, "a.csv", fields=["note"], lang="en").changes
    changed = change._replace(after='Shusha, "Shushi"')
    expected = b'note,x\n"The road to Shusha, ""Shushi""",1\n'
    assert document.written([[changed]]) == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a,b\n1,2\n", "no column 'note'; the columns are: a, b"),
        ("", "no column 'note'; the columns are: none"),
        ("note,x;y,note\n", "parted by ',' .* or ';'"),
    ],
)
def test_columns_that_are_not_there(source: str, message: str) -> None:
    source = source.replace("x;y", "x;note;y")
    with pytest.raises(DocumentError, match=message):
        open_document(source.encode(), "a.csv", fields=["note"])


@pytest.mark.parametrize(
    ("source", "where"),
    [('note,x\n1,2\n"a,3\n', "3:1"), ('note,x\n1,"2" 3\n', "2:6")],
)
def test_what_is_not_csv_is_placed(source: str, where: str) -> None:
    with pytest.raises(DataError, match=rf"a\.csv:{where}: error: bad-csv"):
        open_document(source.encode(), "a.csv", fields=["note"])


def test_a_delimiter_can_be_stated_but_not_be_anything() -> None:
    raw = b"note;x,note\nThe road to Shusha;1,The road to Shushi\n"
    rendered = render(raw, "a.csv", fields=["note"], delimiter=";", lang="en")
    assert [each.before for each in rendered.changes] == ["Shusha"]
    with pytest.raises(DocumentError, match="cannot part cells"):
        render(raw, "a.csv", fields=["note"], delimiter="::")


CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\0"))


@given(
    st.lists(st.tuples(CELLS | TEXTS.map(lambda t: t.replace("\0", "").replace("\r", "")), CELLS), max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)  # fmt: skip
def test_any_csv_keeps_its_bytes(
    rows: list[tuple[str, str]], delimiter: str, quoting: int
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([("note", "x"), *rows])
    raw = out.getvalue().encode("utf-8", "ignore")
    options = {"fields": ["note"], "delimiter": delimiter}
    document = open_document(raw, "a.csv", **options)
    assert document.written([()] * len(document.texts)) == raw
    read = list(csv.reader(io.StringIO(raw.decode(), newline=""), delimiter=delimiter))
    assert [text.text for text in document.texts] == [row[0] for row in read[1:] if row]
    rendered = render(raw, "a.csv", lang="en", **options)
    again = render(rendered.content, "a.csv", lang="en", **options)
    assert again.content == rendered.content
    after = list(
        csv.reader(
            io.StringIO(rendered.content.decode(), newline=""), delimiter=delimiter
        )
    )
    assert [row[1:] for row in after] == [row[1:] for row in read]
