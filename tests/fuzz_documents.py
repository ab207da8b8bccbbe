"""Damage documents of every format at random: what comes is rendered or clearly refused.

Run by hand after a change to ``gazetteer.documents``::

    PYTHONPATH=tests python tests/fuzz_documents.py --minutes 10

Each round takes a document of one format, tears, doubles and exchanges pieces of it, and
renders it. Nothing but an error of this package may be raised, a second run may change
nothing, and an empty set of changes must give the same bytes. What is found is printed
with the seed that makes it again, and counted; the exit code tells whether anything was.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

from gazetteer.documents import open_document
from gazetteer.errors import GazetteerError
from support_documents import NAMES, NS, docx, paragraph, render, run

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCE = "The road to {} is shut; the school in {} is open. "
PIECES = [
    *NAMES, "Step", "anakert", "Khan", "kendi", "<", ">", "&", '"', "'", "/", "=", "\\",
    "{", "}", "[", "]", ",", ":", ";", "\n", "\r\n", "\t", " ", "\0", "\ufeff", "\u00ad",
    "\u201c", "\u201d", "&amp;", "&#x53;", "&shy;", "<!--", "-->", "<![CDATA[", "]]>",
    "<b>", "</b>", "<q>", "</q>", "<p lang=ru>", "<code>", "</p>", "<script>", "</td>",
    "<w:t>", "</w:t>", "</w:r>", "<w:r>", "<w:p>", "</w:p>", "<w:del>", "</w:del>",
    "<w:ins w:id='1'>", "</w:ins>", "<w:tab/>", "\\u0053", "\\ud800", '""', "null",
    "```", "> ", "---\n", "<br/>", "e\u0301", "\U0001f3d4", "\ud83c", "Şuşa", "Շուշի",
]  # fmt: skip


def sentences(chance: random.Random) -> str:
    """Return some sentences with names of both sides."""
    names = chance.choices(list(NAMES), k=6)
    return "".join(SENTENCE.format(*names[at : at + 2]) for at in (0, 2, 4))


def page(chance: random.Random) -> str:
    """Return an HTML page."""
    text = sentences(chance)
    cut = chance.randrange(len(text))
    return (
        f'<!doctype html><html lang="en"><head><title>{text[:40]}</title></head><body>'
        f"<h1>{text[:30]}</h1><p>{text[:cut]}<b>{text[cut:]}</b><blockquote>{text}"
        f"</blockquote><table><tr><td>{text}<td>x</table><p lang='hy'>Շուշի</p>"
        f"<script>'{text}'</script><pre>{text}</pre></body></html>"
    )


def markdown(chance: random.Random) -> str:
    """Return a Markdown text."""
    text = sentences(chance)
    return (
        f"---\ntitle: x\n---\n\n# {text}\n\n{text}\n\n> {text}\n\n```\n{text}\n```\n\n"
        f"| a | b |\n|---|---|\n| {text} | x |\n\n[{text}](x) <b>{text}</b>\n"
    )


def word(chance: random.Random) -> bytes:
    """Return a document, damaged in one of its parts or as a file."""
    text = sentences(chance)
    cut = sorted(chance.sample(range(len(text)), 3))
    pieces = [text[: cut[0]], text[cut[0] : cut[1]], text[cut[1] :]]
    note = f"<w:footnotes {NS}><w:footnote>{paragraph(text)}</w:footnote></w:footnotes>"
    body = (
        f"{paragraph(*pieces)}<w:tbl><w:tr><w:tc>{paragraph(text)}</w:tc></w:tr></w:tbl>"
        f'<w:p><w:ins w:id="1" w:author="A">{run(text)}</w:ins></w:p>'
        f"<w:p><w:del>{run(text)}</w:del><w:hyperlink>{run(text)}</w:hyperlink></w:p>"
    )
    raw = docx(body, parts={"footnotes": note})
    if chance.random() < 0.4:
        return damaged(chance, raw)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        torn = chance.choice(package.namelist())
        for name in package.namelist():
            content = package.read(name)
            if name == torn:
                content = mangled(chance, content.decode()).encode("utf-8", "replace")
            new.writestr(name, content)
    return out.getvalue()


def mangled(chance: random.Random, text: str) -> str:
    """Return a text with a few pieces lost, doubled, exchanged or put in."""
    for _ in range(chance.randint(0, 6)):
        start = chance.randint(0, len(text))
        end = min(start + chance.choice([0, 0, 1, 2, 5, 40]), len(text))
        piece = chance.choice([chance.choice(PIECES), text[start:end] * 2, ""])
        text = text[:start] + piece + text[end:]
    return text


def damaged(chance: random.Random, raw: bytes) -> bytes:
    """Return bytes with a few changed, lost or put in."""
    content = bytearray(raw)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(content) + 1)
        what = chance.random()
        if what < 0.6 and at < len(content):
            content[at] = chance.randrange(256)
        elif what < 0.8:
            del content[at : at + chance.randint(1, 30)]
        else:
            content[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(content)


def as_json(chance: random.Random) -> str:
    """Return a JSON file."""
    text = sentences(chance).replace('"', "")
    return f'{{"t": "{text}", "x": [{{"t": ["{text}", 1.5e3, null]}}]}}'


def as_csv(chance: random.Random) -> str:
    """Return a CSV file."""
    text = sentences(chance)
    return f't;x\n"{text}";1\n{text.replace(";", "")};2\n'


def as_tsv(chance: random.Random) -> str:
    """Return a TSV file."""
    text = sentences(chance)
    return f'x\tt\n1\t"{text}"\n2\t{text}\n'


MAKERS: dict[str, tuple[Callable[[random.Random], str | bytes], dict[str, Any]]] = {
    "a.txt": (sentences, {}),
    "a.md": (markdown, {}),
    "a.html": (page, {}),
    "b.html": (page, {"annotate": "abbr"}),
    "a.docx": (word, {}),
    "b.docx": (word, {"suggest": True}),
    "a.json": (as_json, {"fields": ["t"]}),
    "a.jsonl": (as_json, {"fields": ["/t"]}),
    "a.csv": (as_csv, {"fields": ["t"]}),
    "a.tsv": (as_tsv, {"fields": ["t"]}),
}
ENCODINGS = ["utf-8"] * 6 + ["utf-16", "cp1251", "utf-8-sig", "cp1252"]


def one_round(seed: int, counts: Counter[str]) -> None:
    """Make a document of a seed and render it."""
    chance = random.Random(seed)
    file = chance.choice(list(MAKERS))
    maker, options = MAKERS[file]
    made = maker(chance)
    if isinstance(made, str):
        made = mangled(chance, made).encode(chance.choice(ENCODINGS), "replace")
        if chance.random() < 0.2:
            made = damaged(chance, made)
    lang = chance.choice(["en", "en", None, "ru", "az", "hy"])
    try:
        document = open_document(made, file, **options)
        unchanged = document.written([()] * len(document.texts))
        assert file.endswith(".docx") or unchanged == made, "an empty set of changes"
        rendered = render(made, file, lang=lang, **options)
    except GazetteerError as error:
        counts[f"{file}: {type(error).__name__}"] += 1
        if file not in str(error):
            raise AssertionError("an error that does not name its file") from error
        return
    counts[f"{file}: {'changed' if rendered.changes else 'as it was'}"] += 1
    again = render(rendered.content, file, lang=lang, **options)
    assert again.content == rendered.content, "a second run"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, help="of one round, to make it again")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    if arguments.seed is not None:
        one_round(arguments.seed, counts)
        print(dict(counts))
        return
    os.nice(10)
    first = seed = random.SystemRandom().randrange(1 << 40)
    until = time.monotonic() + 60 * arguments.minutes
    found = 0
    while time.monotonic() < until:
        seed += 1
        begun = time.process_time()
        try:
            one_round(seed, counts)
        except Exception:  # noqa: BLE001  (whatever it is, it is what is looked for)
            found += 1
            print(f"seed {seed}:", traceback.format_exc(), sep="\n", flush=True)
        took = time.process_time() - begun
        if took > 10:
            found += 1
            print(f"seed {seed}: {took:.0f} s", flush=True)
    print(f"{seed - first} rounds, {found} found")
    for what, count in sorted(counts.items()):
        print(f"{count:8} {what}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
