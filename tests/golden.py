"""Write the golden files; ``make golden``, and then read the diff: it is the review.

They hold the labels of every contested town, district and the like and of a sample of
the others, the outcome of homonyms likewise, and how often each side's name comes first
under neutral; beside them the pages of docs/ that are written by the program.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from functools import cache
from pathlib import Path

from click import Context
from click.testing import CliRunner

from gazetteer import Gazetteer
from gazetteer.cli import main as main_command
from gazetteer.curation.coverage import Coverage, coverage_page, draw, measure
from gazetteer.curation.coverage.labels import side_of
from gazetteer.folding import match_key
from gazetteer.tables.describe import columns_page
from policy_pages import pages as policy_pages
from samples import of_note, sampled

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "golden"
LANGS = ("en", "ru", "az", "hy")
SAMPLE = 32  # one in so many of the other places


def _text(header: list[str], rows: list[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *rows])
    return text.getvalue()


def labels(gaz: Gazetteer) -> str:
    shown = [
        place
        for place in gaz
        if not place.replaced_by
        and ((place.contested and of_note(place)) or sampled(place.place_id, SAMPLE))
    ]
    rows = [
        [
            place.place_id,
            label.lang,
            label.perspective,
            label.text,
            "kept" if label.kept else "",
            "" if label.complete else "incomplete",
            label.rule,
        ]
        for place in sorted(shown)
        for lang in LANGS
        for label in gaz.compare(place, lang=lang)
    ]
    return _text(
        ["place_id", "lang", "perspective", "label", "kept", "complete", "rule"], rows
    )


def homonyms(gaz: Gazetteer) -> str:
    places: dict[str, set[str]] = {}
    written: dict[str, set[str]] = {}
    noted: set[str] = set()
    for place in gaz:
        for toponym in place.toponyms:
            key = match_key(toponym.name)
            if of_note(place) or sampled(key, SAMPLE):
                noted.add(key)
            places.setdefault(key, set()).add(place.place_id)
            written.setdefault(key, set()).add(toponym.name)
    rows = []
    for key in sorted(noted):
        if len(places[key]) > 1:
            for name in sorted(written[key]):
                answer = gaz.resolve(name)
                match = answer.match.place.place_id if answer.match else ""
                ids = " ".join(sorted(places[key]))
                rows.append([name, answer.outcome, match, ids])
    return _text(["name", "outcome", "match", "places"], rows)


def first_names(gaz: Gazetteer) -> str:
    """How often each side's name comes first in a pair, by language and dispute."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for place in gaz:
        for lang in LANGS if place.contested else ():
            label = gaz.label(place, "neutral", lang=lang)
            if len(label.toponyms) > 1:
                counts[lang, place.dispute, side_of(gaz, label, 0)] += 1
    rows = [[*key, str(count)] for key, count in sorted(counts.items())]
    return _text(["lang", "dispute", "first", "labels"], rows)


def cli_reference(_: Gazetteer) -> str:
    commands = ["", *main_command.list_commands(Context(main_command))]
    page = [CLI_HEAD]
    for command in commands:
        arguments = [*command.split(), "--help"]
        shown = CliRunner().invoke(main_command, arguments, prog_name="gazetteer")
        line = " ".join(["gazetteer", *arguments])
        page.append(
            f"## `{line.removesuffix(' --help')}`\n\n```text\n{shown.output}```\n"
        )
    return "\n".join(page)


CLI_HEAD = """\
# The command line

Written by `make golden` from the program itself; a test compares the two.

Exit codes: `resolve`, `check`, `lint`, `verify` and `diff` return 0, or 1 where a name is
not matched, a fault or a difference is found; `find` returns 0; `label`, `compare` and `show` return 1 where their PLACE is not matched, with
the candidates on standard error; `batch` and `render` return 0 unless `--fail-on` says
otherwise. Any error is 2, and output to a pipe that nobody reads any more ends a command
with 141, as it ends others. Answers go to standard output, everything else to standard
error. `--json` prints one object a line, with every key present and null where empty.
"""


def data_reference(_: Gazetteer) -> str:
    return DATA_HEAD + "\n" + columns_page()


def first_names_page(gaz: Gazetteer) -> str:
    rows = [line.split(",") for line in first_names(gaz).splitlines()[1:]]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{FIRST_HEAD}\n| language | dispute | first | labels |\n|---|---|---|---|\n{table}\n"


@cache
def _coverage(_: str) -> Coverage:
    return measure(Gazetteer.load(), LANGS)


def coverage(gaz: Gazetteer) -> str:
    return f"{COVERAGE_HEAD}\n{coverage_page(_coverage(gaz.version))}"


def coverage_picture(gaz: Gazetteer) -> str:
    return draw(_coverage(gaz.version))


def datasheet(gaz: Gazetteer) -> str:
    """The data's README with its figures as they are now."""
    page = (ROOT / "data" / "README.md").read_text("utf-8")
    totals = _coverage(gaz.version).tables["totals"].rows
    figures = "\n".join(f"| {what} | {count:,} |" for what, count in totals)
    page = _between(page, "figures", f"| what | count |\n|---|--:|\n{figures}")
    return _between(page, "licences", _licences(gaz))


def _licences(gaz: Gazetteer) -> str:
    known = gaz.tables.sources
    sources = Counter(each.licence for each in known.values())
    names: Counter[str] = Counter()
    for place in gaz:
        for row in place.toponyms:
            names.update({known[key].licence for key in row.sources})
    rows = "\n".join(
        f"| {licence or 'none stated; computed names'} | {sources[licence]:,} | {names[licence]:,} |"
        for licence in sorted(sources, key=lambda each: (-names[each], each))
    )
    return f"| licence | sources | names |\n|---|--:|--:|\n{rows}"


def _between(page: str, mark: str, text: str) -> str:
    before, _, rest = page.partition(f"<!-- {mark} -->\n")
    _, end, after = rest.partition(f"<!-- /{mark} -->\n")
    assert end, mark
    return f"{before}<!-- {mark} -->\n{text}\n{end}{after}"


COVERAGE_HEAD = """\
# What there is

Written by `make golden` from the data, as `gazetteer coverage` prints it; a test compares
the two. What is counted of one side of a dispute is counted of each.

![Bars of the main figures; all of them are in the tables below](coverage.svg)
"""

FIRST_HEAD = """\
# How often each side comes first

Written by `make golden` from the data and the rules; a test compares the two.

Under `neutral` a pair of names stands in the alphabetical order of the language of the
text. The order favours nobody by intent; this is what it comes to over the places in the
data, for the languages in which labels are kept under review. A side is named by its
chain in perspectives.toml, or by its authority where it has none.
"""

DATA_HEAD = """\
# The data

Written by `make golden` from the declaration that reads and checks the tables; a test
compares the two.

The tables are CSV: UTF-8, NFC, lines ended by LF, rows sorted, so that a difference
between two versions can be reviewed. `datapackage.json` describes them as a
[Frictionless Data Package](https://datapackage.org/). Dates are EDTF, languages BCP 47.

A row of usages.csv or relations.csv is one party's statement by one source; where
parties disagree there are two rows. A row of names.csv is *verified* when two of its
sources are of different `line`, else *single-source*: this is derived and not stored.
A blank cell means that nothing is known with a source.
"""

FILES = {
    ROOT / "docs" / "reference" / "data.md": data_reference,
    FOLDER / "labels.csv": labels,
    FOLDER / "homonyms.csv": homonyms,
    FOLDER / "first-names.csv": first_names,
    ROOT / "docs" / "reference" / "first-names.md": first_names_page,
    ROOT / "data" / "README.md": datasheet,
    ROOT / "docs" / "reference" / "coverage.md": coverage,
    ROOT / "docs" / "reference" / "coverage.svg": coverage_picture,
    ROOT / "docs" / "reference" / "cli.md": cli_reference,
    **policy_pages(),
}


def main() -> None:
    gaz = Gazetteer.load()
    FOLDER.mkdir(exist_ok=True)
    for path, make in FILES.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(make(gaz), encoding="utf-8", newline="")
        print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
