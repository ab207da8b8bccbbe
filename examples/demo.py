"""The main job from end to end: names to ids, a report under three perspectives.

Run it with ``make demo``.
"""

from __future__ import annotations

import csv
from pathlib import Path

from gazetteer import Gazetteer

HERE = Path(__file__).parent
PERSPECTIVES = ("neutral", "armenian", "azerbaijani")


def resolve_names(gaz: Gazetteer) -> None:
    """Print what each name of names.csv was taken for."""
    print("── Names to ids " + "─" * 56)
    with (HERE / "names.csv").open(encoding="utf-8", newline="") as lines:
        names = [row["name"] for row in csv.DictReader(lines)]
    for answer in gaz.resolve_many(names):
        if answer.match:
            place = answer.match.place
            title = gaz.label(place, "neutral").text
            says = f"{place.place_id}  {title} ({answer.match.method})"
        else:
            says = f"— {answer.outcome}"
            if answer.candidates:
                says += f" between {len(answer.candidates)} places"
        print(f"  {answer.query:<18} {says}")


def render_report(gaz: Gazetteer) -> None:
    """Print report.md under each perspective, with what changed and why."""
    text = (HERE / "report.md").read_text("utf-8")
    print("\n── The report as written " + "─" * 47)
    print(text)
    for perspective in PERSPECTIVES:
        rendering = gaz.render(text, perspective, markup="markdown")
        print(f"── Under {perspective} " + "─" * (63 - len(perspective)))
        print(rendering.text)
        print(rendering.explain(), end="\n\n")


def main() -> None:
    """Load the shipped data and show both uses."""
    gaz = Gazetteer.load()
    print(f"{len(gaz)} places, data {gaz.version}\n")
    resolve_names(gaz)
    render_report(gaz)


if __name__ == "__main__":
    main()
