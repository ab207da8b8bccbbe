"""What users may call, compared with the last release and with what was recorded.

``PYTHONPATH=tests python -m release.api`` records it anew, after the diff was read.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from release.report import NOT_ASKED, ROOT, Result, need, run, verdict

if TYPE_CHECKING:
    import griffe

RECORDED = Path(__file__).with_name("api.txt")


def listing(sources: Path = ROOT / "src") -> list[str]:
    """Return a line for each public name and each public member of it."""
    import griffe  # which only the environment of this has

    package = griffe.load(
        "gazetteer", search_paths=[sources], allow_inspection=False, submodules=True
    )
    lines: list[str] = []
    for name in package.exports or ():
        member = package[str(name)]
        lines += described(
            str(name), member.final_target if member.is_alias else member
        )
    return sorted(lines)


def described(name: str, thing: griffe.Object | griffe.Alias) -> list[str]:
    """Return a line for a name and one for each of its members."""
    if thing.is_function:
        returns = f" -> {thing.returns}" if thing.returns else ""
        return [f"{name}{_called(thing)}{returns}"]
    if thing.is_attribute:
        kind = f": {thing.annotation}" if thing.annotation else ""
        return [f"{name}{kind}"]
    bases = ", ".join(str(each) for each in getattr(thing, "bases", ()))
    lines = [f"class {name}({bases})"]
    for each, member in thing.members.items():
        public = not each.startswith("_") or each == "__init__"
        if public and not member.is_alias:
            lines += described(f"{name}.{each}", member)
    return lines


def _called(function) -> str:
    import griffe

    shown = []
    kind = griffe.ParameterKind
    starred = False
    for each in function.parameters:
        text = each.name
        if each.kind is kind.var_positional:
            text, starred = f"*{text}", True
        elif each.kind is kind.var_keyword:
            text = f"**{text}"
        elif each.kind is kind.keyword_only and not starred:
            shown.append("*")
            starred = True
        text += f": {each.annotation}" if each.annotation else ""
        variable = each.kind in {kind.var_positional, kind.var_keyword}
        shown.append(
            text + (f" = {each.default}" if each.default and not variable else "")
        )
    return f"({', '.join(shown)})"


def as_recorded(now: list[str], then: list[str]) -> Result:
    """Fail where something was taken away or changed; what is new is told."""
    gone = sorted(set(then) - set(now))
    new = sorted(set(now) - set(then))
    result = verdict(
        "API as recorded", [f"gone or changed: {each}" for each in gone],
        f"{len(now)} public names and members; {len(new)} new since it was recorded",
    )  # fmt: skip
    shown = [f"new: {each}" for each in new[:20]]
    return result._replace(details=(*result.details, *shown))


def since_last_tag() -> Result:
    """Look for what would break a program that was written for the last release."""
    check = "API since the last release"
    tag = run("git", "describe", "--tags", "--abbrev=0", "--match", "v*").stdout.strip()
    if not tag:
        return Result(check, NOT_ASKED, "no release is tagged yet")
    import griffe

    old = griffe.load_git("gazetteer", ref=tag, repo=ROOT, search_paths=["src"])
    new = griffe.load("gazetteer", search_paths=[ROOT / "src"])
    faults = [
        each.explain(griffe.ExplanationStyle.ONE_LINE)
        for each in griffe.find_breaking_changes(old, new)
        if not any(part.startswith("_") for part in each.obj.path.split(".")[1:])
    ]
    return verdict(check, faults, f"nothing that breaks since {tag}")


def main() -> None:
    """Record what there is."""
    RECORDED.write_text("\n".join(listing()) + "\n", "utf-8")
    sys.stdout.write(need("git", "diff", "--stat", RECORDED) or "nothing has changed\n")


if __name__ == "__main__":
    main()
