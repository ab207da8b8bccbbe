"""The pages of docs/reference/policies/: each perspective as it is and as it prints.

Everything on them comes from perspectives.toml, the tables and the program; only which
places and sentences are shown is chosen here, as many of one side as of another.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gazetteer.labels import Label
    from gazetteer.labels.perspectives import Perspective

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference" / "policies"
RULES = ROOT / "data" / "perspectives.toml"
LANGS = {"en": "English", "ru": "Russian", "az": "Azerbaijani", "hy": "Armenian"}
CHAIN = re.compile(r"^([\w-]+) = \[(?:.*\]|\n(?:.*\n)*?\])$", re.MULTILINE)
STAYS = "—"
EVENTS = ("1950", "1985", "1995", "2021")

# Of the dispute with the most places one of each type, settlements in both states, and
# of the villages one with both names and one each with only one side's; of other disputes
# one each, on several continents; then two places, one a side, that nobody contests.
PLACES = (
    "gz-tvmcq2x", "gz-bvysdp4", "gz-pcwtfcd", "gz-njnwzd3", "gz-meqdrgg", "gz-daprcgp", "gz-0bvssxc",
    "gz-8kyk29f", "gz-y9g2m7k", "gz-9r2k0gb", "gz-9w4ajrm", "gz-r13mkfj", "gz-4h2t4p0",
    "gz-jr95kd7",
    "gz-4tqdzpz", "gz-wf3j6kt", "gz-tmrq3vy", "gz-4c3gd32", "gz-6jvr13s", "gz-trsj87e",
    "gz-1xnztc7", "gz-tnqbhmq", "gz-gjdb3qt", "gz-yzhjbss", "gz-8b3aked", "gz-xrnaeq0",
    "gz-v1prcx6", "gz-8tybdt3", "gz-syqw52h", "gz-acbkkkz",
    "gz-wvxs19x", "gz-3fk4j0q",
)  # fmt: skip
# Two by two: what is said with one side's name is said with the other's.
SENTENCES = (
    "Shops in Shusha were shut.",
    "Shops in Shushi were shut.",
    "The road to Khankendi was open.",
    "The road to Stepanakert was open.",
    '"The road to Khankendi is open," an officer said.',
    '"There is no bread in Stepanakert," a doctor said.',
    "Baku reported that Khankendi was calm.",
    "Yerevan reported that Stepanakert was calm.",
    "They came from Karabakh.",
    "They came from Artsakh.",
    "They came from Nagorno-Karabakh.",
    "Ships crossed the Arabian Gulf.",
    "Ships crossed the Persian Gulf.",
    "They flew to the Falkland Islands.",
    "They flew to the Islas Malvinas.",
    "Buses run to Derry.",
    "Buses run to Londonderry.",
    "Trains run to Kiev.",
    "Trains run to Kyiv.",
    "They live in Kosovo.",
    "They live in Taiwan.",
    "A bus left Barda.",
    "A bus left Goris.",
)


def _cell(text: str) -> str:
    """A text in a cell of a table of Markdown, every character as it is."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(header)} |", "|---" * len(header) + "|", *lines])


def _source(gaz: Gazetteer, key: str) -> str:
    source = gaz.tables.sources[key]
    title = _cell(source.title)
    return f"[{title}](<{source.url}>)" if source.url else title


def _authority(gaz: Gazetteer, key: str) -> str:
    return f"{_cell(gaz.tables.authorities[key].title)} (`{key}`)"


def _printed(label: Label) -> str:
    """What stands in a text: a label, or the author's own name."""
    if label.withheld:
        return STAYS
    if label.kept:
        return f"{_cell(label.text)} °"
    return _cell(label.text) + (" \\*" if label.by_language else "")


def _rules_as_written(name: str) -> str:
    """The rules of a perspective and the chains that they name, as the file has them."""
    text = RULES.read_text("utf-8")
    parsed = tomllib.loads(text)
    start = text.index(f"[[perspective.{name}.rule]]")
    end = re.search(
        rf"^(# ──|\[(?!\[?perspective\.{name}\.))", text[start:], re.MULTILINE
    )
    rules = text[start:][: end.start() if end else None].strip()
    wanted: dict[str, None] = {}

    def follow(found: object) -> None:
        if isinstance(found, str) and found in parsed["chain"] and found not in wanted:
            wanted[found] = None
            follow(parsed["chain"][found])
        elif isinstance(found, list):
            for each in found:
                follow(each)

    follow([rule.get("names", []) for rule in parsed["perspective"][name]["rule"]])
    if "@parties" in rules:
        follow(sorted(set(parsed["side"].values())))
    chains = [match[0] for match in CHAIN.finditer(text) if match[1] in wanted]
    head = "[chain]\n" + "\n".join(chains) + "\n\n" if chains else ""
    return f"```toml\n{head}{rules}\n```"


def _print_places(
    gaz: Gazetteer, heads: Sequence[str], labels: Callable[[str], list[Label]]
) -> str:
    """A row for each place of which anything is printed; the others in a sentence."""
    rows, bare = [], []
    for place_id in PLACES:
        title = _cell(gaz.title(place_id))
        printed = [_printed(label) for label in labels(place_id)]
        if set(printed) == {STAYS}:
            bare.append(title)
        else:
            place = gaz[place_id]
            dispute = place.dispute or "not contested"
            rows.append([f"{title} ({place.type}, {dispute})", *printed])
    table = _table(["place (type, dispute)", *heads], rows)
    rest = f"\n\nThe author's own name stays everywhere for: {'; '.join(bare)}."
    return table + (rest if bare else "")


def _places(gaz: Gazetteer, name: str) -> str:
    def labels(place_id: str) -> list[Label]:
        return [gaz.label(place_id, name, lang=lang) for lang in LANGS]

    return _print_places(gaz, list(LANGS.values()), labels)


def _dated(gaz: Gazetteer, name: str) -> str:
    def labels(place_id: str) -> list[Label]:
        return [gaz.label(place_id, name, event=event) for event in EVENTS]

    heads = [f"in {event}" for event in EVENTS]
    shown = _print_places(gaz, heads, labels)
    return f"\nIn English, for events of these years:\n\n{shown}\n"


def _words(gaz: Gazetteer, name: str) -> str:
    """Who bears each of the English labels."""
    rows = []
    for place_id in PLACES:
        label = gaz.label(place_id, name)
        if label.withheld or label.kept:
            continue
        for toponym, usage in zip(label.toponyms, label.usages, strict=True):
            who = _cell(usage.authority) if usage else "by language, not by authority"
            when = usage.valid.text if usage and usage.valid else ""
            keys = [usage.source] if usage else [key for key in toponym.sources if key]
            rows.append([
                _cell(label.text), _cell(toponym.name), toponym.lang, who,
                usage.status if usage else "", when,
                "; ".join(_source(gaz, key) for key in keys),
            ])  # fmt: skip
    if not rows:
        return (
            "In English this perspective prints none of these places' names itself.\n"
        )
    head = ["label", "name", "language", "whose", "status", "when", "source"]
    return _table(head, rows) + "\n"


def _sentences(gaz: Gazetteer, name: str) -> str:
    rows = []
    for text in SENTENCES:
        done = gaz.render(text, name, lang="en")
        printed = "as it stands" if done.text == text else _cell(done.text)
        left = [
            f"{_cell(each.text)}: {_cell(each.reason.partition('; missing: ')[0])}"
            for each in done.refusals
        ]
        rows.append([_cell(text), printed, "; ".join(left)])
    return _table(["written", "printed", "left, and why"], rows)


@cache
def _counts(name: str) -> tuple[int, int, int]:
    """Contested places: labelled, labelled incompletely, and all, in English."""
    gaz = Gazetteer.load()
    labels = [
        gaz.label(place, name)
        for place in gaz
        if place.contested and not place.replaced_by
    ]
    printed = [label for label in labels if not label.withheld]
    partly = [label for label in printed if not label.complete]
    return len(printed), len(partly), len(labels)


def _facts(gaz: Gazetteer, policy: Perspective) -> str:
    printed, partly, every = _counts(policy.name)
    names = "of the event" if policy.at == "event" else "of publication"
    speaks = "; ".join(_authority(gaz, key) for key in policy.authorities)
    rows = [
        ["name", f"`{policy.name}`"],
        ["version", policy.version],
        ["speaks for", speaks or "no one"],
        ["date, where the caller gives none", policy.date or "none is assumed"],
        ["of the caller's dates it goes by that", names],
        ["contested places with a label in English", f"{printed:,} of {every:,}"],
        ["of these not complete", f"{partly:,}"],
    ]
    rows += [["rests on", _source(gaz, key)] for key in policy.sources]
    return _table(["what", "here"], rows)


def policy_page(gaz: Gazetteer, *, name: str) -> str:
    policy = gaz.perspectives[name]
    return PAGE.format(
        title=_cell(policy.title),
        description=policy.description,
        facts=_facts(gaz, policy),
        rule_text="\n".join(f"> {line}" for line in policy.rule_text.splitlines()),
        rules=_rules_as_written(name),
        places=_places(gaz, name),
        dated=_dated(gaz, name) if policy.at == "event" else "",
        words=_words(gaz, name),
        sentences=_sentences(gaz, name),
    )


def index_page(gaz: Gazetteer) -> str:
    rows = []
    for name in gaz.perspectives:
        policy = gaz.perspectives[name]
        printed, partly, every = _counts(name)
        who = ", ".join(f"`{key}`" for key in policy.authorities) or "no one"
        shown = f"{printed:,} of {every:,}"
        link = f"[{_cell(policy.title)}]({name}.md)"
        rows.append([link, f"`{name}`", who, policy.date, shown, f"{partly:,}"])
    head = [
        "policy",
        "name",
        "speaks for",
        "date",
        "contested places it labels",
        "of these not complete",
    ]
    return f"{INDEX}\n{_table(head, rows)}\n"


INDEX = """\
# Every perspective's policy

Written by `make golden` from the rules and the data; a test compares the two.

Each page has the rule in words and as it is written, the sources on which it rests, what
it prints for one sample of places and sentences, whose word each label is, and what it
leaves alone and why. The sample is the same on all pages. A label is *not complete* where
a party's name is missing, or stands in the letters of the language and not as that party
writes it in it. How to write one: [perspectives](../perspectives.md).

Counts are of labels in English; a perspective that speaks for an authority has labels only
for places of which a statement of that authority is on record here.
"""

PAGE = """\
# {title}

Written by `make golden` from the rules and the data; a test compares the two. [All
policies](README.md).

{description}

{facts}

## The rule

{rule_text}

As it is written, with the chains that it names ([what each key
means](../perspectives.md)):

{rules}

## What it prints

— the author's own name stays, since no rule gives one; ° the author's own name stays by
the rule, and this is what a title shows; \\* with a name that is one by language, not by
authority. The first column is the label under `neutral`, or all names where it has none.

{places}
{dated}
## Whose word it is

The names behind the English labels above, each with the statement by which it was chosen.

{words}
## What it does to a text, and what it leaves

{sentences}
"""


def pages() -> dict[Path, Callable[[Gazetteer], str]]:
    """The path of each page and what writes it."""
    names = tomllib.loads(RULES.read_text("utf-8"))["perspective"]
    found: dict[Path, Callable[[Gazetteer], str]] = {FOLDER / "README.md": index_page}
    return found | {
        FOLDER / f"{name}.md": partial(policy_page, name=name) for name in names
    }
