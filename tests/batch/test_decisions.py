"""A person's decisions are applied to the name in its context, and remembered."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from gazetteer import DataError
from gazetteer.batch import BatchError, BatchOptions, resolve_file
from gazetteer.batch.decisions import read_decisions
from gazetteer.batch.review import INSTRUCTIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gazetteer import Gazetteer

HEADER = ["name", "country"]
ROWS = [
    ["Karabakh", ""],
    ["Martuni", ""],
    ["Martuni", "Armenia"],
    ["Martuni", ""],
    ["Shusha", ""],
    ["Nowhere at all", ""],
]
CONTEXT = {"context_columns": {"country": "country"}}


def review_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def review(resolved: Callable[..., Any], tmp_path: Path) -> Path:
    path = tmp_path / "review.csv"
    _, tally = resolved(HEADER, ROWS, files={"review": path}, **CONTEXT)
    assert tally.reviewed == len(review_of(path))
    return path


def fill(path: Path, decide: dict[str, str], target: Path, **more: str) -> Path:
    rows = review_of(path)
    for row in rows:
        row["decision"] = decide.get(row["name"], "")
        row.update(more)
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return target


# ------------------------------------------------------------------------------ review


def test_a_review_has_a_row_a_question_the_most_asked_first(review: Path) -> None:
    rows = review_of(review)
    assert [(row["name"], row["country"], row["rows"]) for row in rows[:2]] == [
        ("Martuni", "", "2"),
        ("Karabakh", "", "1"),
    ]
    assert {row["outcome"] for row in rows} <= {"ambiguous", "doubtful"}
    assert {row["decision"] for row in rows} == {""}
    assert {row["instructions"] for row in rows} == {INSTRUCTIONS}


def test_candidates_stand_side_by_side(gaz: Gazetteer, review: Path) -> None:
    row = review_of(review)[0]
    candidates = gaz.resolve("Martuni").candidates
    for number, candidate in enumerate(candidates[:5], start=1):
        place = candidate.place
        assert row[f"candidate_{number}_id"] == place.place_id
        assert row[f"candidate_{number}_title"] == gaz.label(place, "neutral").text
        assert row[f"candidate_{number}_type"] == place.type
        assert float(row[f"candidate_{number}_score"]) == candidate.score
    assert len(candidates) > 5
    assert row["more_candidates"].startswith(candidates[5].place_id)


def test_a_review_for_a_spreadsheet_opens_there(
    resolved: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "review.xlsx"
    resolved(HEADER, ROWS, files={"review": path})
    header, first, *_ = load_workbook(path).active.iter_rows(values_only=True)
    assert dict(zip(header, first, strict=True))["name"] == "Martuni"
    as_csv = tmp_path / "review.csv"
    resolved(HEADER, ROWS, files={"review": as_csv})
    assert as_csv.read_bytes().startswith(b"\xef\xbb\xbfname,")


def test_a_review_of_nothing_doubtful_is_a_header(
    resolved: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "review.csv"
    _, tally = resolved(["name"], [["Shusha"]], files={"review": path})
    assert tally.reviewed == 0
    assert len(path.read_text("utf-8").splitlines()) == 1


def test_what_is_written_takes_the_place_of_nothing_that_is_read(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    source, decided = tmp_path / "in.csv", tmp_path / "decided.csv"
    source.write_text("name\nShusha\n", "utf-8")
    decided.write_text("name,decision\n", "utf-8")
    for review in (source, decided, tmp_path / "out.csv"):
        with pytest.raises(BatchError, match="would replace"):
            resolve_file(
                gaz, source, tmp_path / "out.csv", BatchOptions("name"),
                review=review, decisions=[decided],
            )  # fmt: skip
    link = tmp_path / "link.csv"
    link.symlink_to(source)
    for output in (source, decided, link):
        with pytest.raises(BatchError, match="would replace"):
            resolve_file(gaz, source, output, BatchOptions("name"), decisions=[decided])
    assert source.read_text("utf-8") == "name\nShusha\n"
    with pytest.raises(BatchError, match="a file for people"):
        resolve_file(
            gaz, source, tmp_path / "out.csv", BatchOptions("name"),
            review=tmp_path / "review.parquet",
        )  # fmt: skip


# --------------------------------------------------------------------------- decisions


def test_decisions_are_applied_and_not_asked_again(
    gaz: Gazetteer, resolved: Callable[..., Any], review: Path, tmp_path: Path
) -> None:
    row = review_of(review)[0]
    chosen = row["candidate_2_id"]
    decided = fill(
        review, {"Martuni": chosen, "Karabakh": "none"}, tmp_path / "decided.csv",
        decided_by="A. B.", decided_on="2026-11-24",
    )  # fmt: skip
    again = tmp_path / "again.csv"
    found, tally = resolved(
        HEADER, ROWS, perspective="neutral",
        files={"decisions": [decided], "review": again}, **CONTEXT,
    )  # fmt: skip
    for at in (1, 3):
        assert found[at]["gz_place_id"] == chosen
        assert found[at]["gz_outcome"] == "matched"
        assert found[at]["gz_method"] == "decision"
        assert found[at]["gz_note"] == "decided by A. B. on 2026-11-24"
        assert found[at]["gz_label"] == gaz.label(chosen, "neutral").text
        assert found[at]["gz_score"] is None
    assert found[0]["gz_outcome"] == "unmatched"
    assert found[0]["gz_method"] == "decision"
    assert found[0]["gz_note"].endswith("on 2026-11-24: none of the candidates")
    assert tally.decided == 3 + (found[2]["gz_method"] == "decision")
    asked = {(each["name"], each["country"]) for each in review_of(again)}
    assert ("Martuni", "") not in asked
    assert ("Karabakh", "") not in asked


def test_a_decision_is_about_the_name_in_its_context_alone(
    gaz: Gazetteer, resolved: Callable[..., Any], tmp_path: Path
) -> None:
    decided = tmp_path / "decided.csv"
    town = gaz.resolve("Shusha").require().place_id
    decided.write_text(f"name,country,decision\nMartuni,Armenia,{town}\n", "utf-8")
    rows = [["Martuni", ""], ["Martuni", "Armenia"], ["martuni", "Armenia"]]
    found, _ = resolved(HEADER, rows, files={"decisions": [decided]}, **CONTEXT)
    assert [row["gz_method"] == "decision" for row in found] == [False, True, False]
    bare, _ = resolved(HEADER, rows, files={"decisions": [decided]})
    assert not any(row["gz_method"] == "decision" for row in bare)


@pytest.mark.parametrize("order", [("country", "event"), ("event", "country")])
def test_the_order_of_the_options_changes_no_question_and_no_decision(
    resolved: Callable[..., Any], tmp_path: Path, order: tuple[str, str]
) -> None:
    header, rows = ["name", "country", "event"], [["Martuni", "Armenia", "1990"]]
    review = tmp_path / "review.csv"
    context = {"context_columns": {field: field for field in order}}
    resolved(header, rows, files={"review": review}, **context)
    assert [*review_of(review)[0]][:3] == header
    decided = fill(review, {"Martuni": "none"}, tmp_path / "decided.csv")
    (row,), tally = resolved(header, rows, files={"decisions": [decided]}, **context)
    assert (row["gz_method"], tally.decided, tally.decisions) == ("decision", 1, 1)


def test_a_decision_wins_over_a_match_and_over_a_bad_context(
    gaz: Gazetteer, resolved: Callable[..., Any], tmp_path: Path
) -> None:
    decided = tmp_path / "decided.csv"
    decided.write_text(
        "name,country,decision\nShusha,,geonames:146970\nShushi,Nowhereland,None\n",
        "utf-8",
    )
    rows = [["Shusha", ""], ["Shushi", "Nowhereland"]]
    (first, second), tally = resolved(
        HEADER, rows, files={"decisions": [decided]}, **CONTEXT
    )
    assert first["gz_place_id"] == gaz["geonames:146970"].place_id
    assert first["gz_note"] == "decided in decided.csv"
    assert second["gz_outcome"] == "unmatched"
    assert tally.bad_contexts == 0


@pytest.mark.parametrize("suffix", ["tsv", "jsonl", "parquet", "xlsx"])
def test_decisions_are_read_in_every_format(
    gaz: Gazetteer, resolved: Callable[..., Any], tmp_path: Path, suffix: str
) -> None:
    source = tmp_path / "decided.csv"
    source.write_text("name,decision\nMartuni,geonames:146970\n", "utf-8")
    target = tmp_path / f"decided.{suffix}"
    resolve_file(gaz, source, target, BatchOptions("name"))
    (row,), _ = resolved(["name"], [["Martuni"]], files={"decisions": [target]})
    assert row["gz_place_id"] == gaz["geonames:146970"].place_id


def test_what_a_spreadsheet_makes_of_a_review_is_read(
    gaz: Gazetteer, review: Path, tmp_path: Path
) -> None:
    # semicolons and a byte order mark, as it saves where the comma is in numbers
    rows = review_of(review)
    rows[0]["decision"] = "geonames:146970"
    path = tmp_path / "saved.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    decisions = read_decisions(gaz, [path])
    assert list(decisions.by_key) == [("Martuni", ())]


def test_all_unknown_ids_and_conflicts_are_named_with_their_places(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    town = gaz.resolve("Shusha").require().place_id
    first.write_text(
        'name,remark,decision\nMartuni,"a\nb",1\nKarabakh,,none\nShusha,,geonames:146970\n'
        f"Shusha,,{gaz['geonames:146970'].place_id}\n",
        "utf-8",
    )
    second.write_text(
        f"decision,name,country\n{town},Karabakh,\n{town},Shusha,Armenia\n"
        "geonames:0,Martuni,\n",
        "utf-8",
    )
    with pytest.raises(DataError) as caught:
        read_decisions(gaz, [first, second])
    problems = caught.value.problems
    assert [
        (problem.file, problem.line, problem.column, problem.code)
        for problem in problems
    ] == [
        (str(first), 3, 4, "unknown-place"),
        (str(second), 2, 1, "conflict"),
        (str(second), 4, 1, "unknown-place"),
    ]
    assert f"as 'none', at {first}:4" in problems[1].message


def test_a_file_without_the_columns_is_refused(gaz: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nom,choix\n", "utf-8")
    with pytest.raises(DataError) as caught:
        read_decisions(gaz, [path])
    assert [problem.value for problem in caught.value.problems] == ["name", "decision"]
