"""The filter for pandoc: only names change, wherever pandoc splits them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gazetteer import Gazetteer, UnknownPerspectiveError
from gazetteer.integrations.pandoc import filter_document


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return Gazetteer.load()


def words(text: str) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for word in text.split(" "):
        made += [{"t": "Str", "c": word}, {"t": "Space"}]
    return made[:-1]


def para(*inlines: Any) -> dict[str, Any]:
    return {"t": "Para", "c": list(inlines)}


def document(*blocks: Any, **meta: Any) -> dict[str, Any]:
    lang = {"t": "MetaString", "c": "en"}
    return {
        "pandoc-api-version": [1, 22],
        "meta": {"lang": lang, **meta},
        "blocks": list(blocks),
    }


@pytest.mark.parametrize("name", ["Shushi", "Shusha"])
def test_a_table_is_read_apart_from_the_text(gaz: Gazetteer, name: str) -> None:
    def plain(text: str) -> dict[str, Any]:
        return {"t": "Plain", "c": words(text)}

    given = document(
        para(*words(f"Shops in {name} were shut.")),
        {"t": "Table", "c": [[plain(name)], [plain(name)]]},
        para(*words(f"Then {name} was calm.")),
        gazetteer={
            "t": "MetaMap",
            "c": {"perspective": {"t": "MetaString", "c": "neutral-first"}},
        },
    )
    before, table, after = run(gaz, given)
    assert before == para(*words("Shops in Shusha/Shushi were shut."))
    assert table["c"] == [[plain("Shusha/Shushi")], [plain("Shusha/Shushi")]]
    assert after == para(*words(f"Then {name} was calm."))


@pytest.mark.parametrize(
    ("name", "label"), [("Shushi", "Shusha/Shushi"), ("Shusha", "Shusha/Shushi")]
)
def test_a_quotation_is_glossed_once(gaz: Gazetteer, name: str, label: str) -> None:
    def quoted(text: str) -> dict[str, Any]:
        return {"t": "Quoted", "c": [{"t": "DoubleQuote"}, words(text)]}

    said = (*words("She said:"), {"t": "Space"})
    given = document(
        para(*said, quoted(f"We left {name} at noon")),
        para(*said, quoted(f"We left {name}")),
        gazetteer={
            "t": "MetaMap",
            "c": {"quotations": {"t": "MetaString", "c": "gloss"}},
        },
    )
    first, second = run(gaz, given)
    assert first == para(*said, quoted(f"We left {name} [{label}] at noon"))
    assert second == para(*said, quoted(f"We left {name}"))


def run(gaz: Gazetteer, given: dict[str, Any]) -> list[Any]:
    new, _ = filter_document(gaz, json.loads(json.dumps(given)))
    again, rendering = filter_document(gaz, json.loads(json.dumps(new)))
    assert rendering.changes == ()
    assert again == new
    return list(new["blocks"])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Shops in Shushi were shut.", "Shops in Shusha/Shushi were shut."),
        ("Shops in Shusha were shut.", "Shops in Shusha/Shushi were shut."),
        ("The road to Khankendi's gate.", "The road to Khankendi/Stepanakert's gate."),
    ],
)
def test_words_change(gaz: Gazetteer, text: str, label: str) -> None:
    assert run(gaz, document(para(*words(text)))) == [para(*words(label))]


def test_a_name_that_is_split_over_elements_is_one(gaz: Gazetteer) -> None:
    strong = {"t": "Strong", "c": [{"t": "Str", "c": "Shu"}]}
    before = para(
        *words("Shops in "), strong, {"t": "Str", "c": "shi,"}, *words(" all")
    )
    (after,) = run(gaz, document(before))
    shown = json.dumps(after)
    assert "Shusha/Shushi" in shown
    assert '"shi,"' not in shown


def test_quotations_code_and_what_is_struck_out_stay(gaz: Gazetteer) -> None:
    quoted = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("We left Shushi,")]}
    blocks = [
        para(quoted, *words(" she said.")),
        para({"t": "Code", "c": [["", [], []], "Khankendi"]}),
        para({"t": "Strikeout", "c": words("Roads to Khankendi")}),
        {"t": "BlockQuote", "c": [para(*words("We left Shusha."))]},
        {"t": "CodeBlock", "c": [["", [], []], "Stepanakert"]},
        para({"t": "Span", "c": [["", ["notranslate"], []], words("Roads to Shushi")]}),
    ]
    given = document(*blocks)
    assert run(gaz, given) == given["blocks"]


def test_links_lists_tables_and_notes_are_read(gaz: Gazetteer) -> None:
    sentence = words("Shops in Shushi were shut.")
    url = "https://example.org/Shushi"
    link = {"t": "Link", "c": [["", [], []], sentence, [url, "Shushi"]]}
    items = {"t": "BulletList", "c": [[{"t": "Plain", "c": sentence}]]}
    note = {"t": "Note", "c": [para(*sentence)]}
    shown = json.dumps(run(gaz, document(para(link), items, para(*words("So."), note))))
    assert shown.count("Shusha/Shushi") == 3
    assert url in shown


def test_the_metadata_say_whose_names(gaz: Gazetteer) -> None:
    def wanted(name: str) -> dict[str, Any]:
        perspective = {"t": "MetaInlines", "c": [{"t": "Str", "c": name}]}
        return {"t": "MetaMap", "c": {"perspective": perspective}}

    text = para(*words("The road to Khankendi is open."))
    (changed,) = run(gaz, document(text, gazetteer=wanted("armenian")))
    assert changed == para(*words("The road to Stepanakert is open."))
    assert run(gaz, document(text, gazetteer=wanted("azerbaijani"))) == [text]
    with pytest.raises(UnknownPerspectiveError):
        filter_document(gaz, document(text, gazetteer=wanted("nobody")))


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_itself_calls_it(tmp_path: Path) -> None:
    text = "---\nlang: en\n---\n\n# A report\n\nShops in Shushi were shut.[^1]\n\n[^1]: And in *Khankendi*, too.\n"
    script = Path(sys.executable).with_name("gazetteer-pandoc")
    done = subprocess.run(
        ["pandoc", "-t", "markdown", "--filter", str(script)],
        input=text, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Shops in Shusha/Shushi were shut." in done.stdout
    assert "Khankendi/Stepanakert" in done.stdout
