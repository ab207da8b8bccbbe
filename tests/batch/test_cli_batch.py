"""`gazetteer batch` as people call it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from gazetteer.batch import partial
from gazetteer.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(
        main, ["batch", *map(str, arguments)], input=stdin, catch_exceptions=False
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text("name\nShusha\nMartuni\nMartuni\nShushi\n", "utf-8")
    return path


def test_review_then_decisions(source: Path, tmp_path: Path) -> None:
    output, review = tmp_path / "out.csv", tmp_path / "review.csv"
    first = run(source, "-c", "name", "-o", output, "--review", review)
    assert first.exit_code == 0
    assert f"{review}: 1 name to decide" in first.stderr
    with review.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0]["decision"] = rows[0]["candidate_1_id"]
    decided = tmp_path / "reviewed.csv"
    with decided.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    second = run(
        source, "-c", "name", "-o", output, "--decisions", decided, "--fail-on",
        "ambiguous",
    )  # fmt: skip
    assert second.exit_code == 0
    assert "2 rows were decided by a person" in second.stderr
    assert output.read_text("utf-8").count(",matched,decision,") == 2


def test_decisions_that_meet_no_row_are_told(source: Path, tmp_path: Path) -> None:
    decided = tmp_path / "decided.csv"
    decided.write_text("name,country,decision\nMartuni,Armenia,none\n", "utf-8")
    result = run(source, "-c", "name", "--decisions", decided)
    assert "1 decision met no row: a name and its context count" in result.stderr


def test_thresholds_out_of_order_are_known_before_anything_is_written(
    source: Path, tmp_path: Path
) -> None:
    piped = run(source, "-c", "name", "--accept", "200")
    assert (piped.exit_code, piped.stdout) == (2, "")
    assert run(source, "-c", "name", "--accept", "200", "-o", tmp_path / "o.csv")
    assert [each.name for each in tmp_path.iterdir()] == ["in.csv"]


def test_formats_by_name(source: Path, tmp_path: Path) -> None:
    listed = run(source, "-c", "name", "--output-format", "jsonl")
    assert listed.stdout.startswith('{"name": "Shusha", "gz_place_id": "gz-')
    again = run(
        "-", "-c", "name", "--format", "jsonl", "--output-format", "tsv", "--prefix", "x_",
        stdin=listed.stdout,
    )  # fmt: skip
    assert again.stdout.startswith("name\tgz_place_id\t")
    assert run("-", "-c", "name", "--format", "xml", stdin="").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--delimiter", "::"], "one character"),
        (["--quote", "''"], "one character, or none"),
        (["--encoding", "latin-99"], "no encoding is named 'latin-99'"),
        (["--resume"], "a pipe cannot be resumed"),
        (["--review-score", "95"], "0 <= review <= accept <= 100"),
        (["-p", "martian"], "no perspective named 'martian'"),
        (["-o", "no-suffix"], "say which with --output-format"),
        (["-o", "out.csv.gz"], "leave out .gz"),
    ],
)
def test_options_that_cannot_be(source: Path, arguments: list[str], said: str) -> None:
    result = run(source, "-c", "name", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_stopped_run_is_spoken_of(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.csv"
    monkeypatch.setattr(partial, "COMMIT_EVERY", 0.0)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(partial.Partial, "finish", stop)
        CliRunner().invoke(
            main, ["batch", str(source), "-c", "name", "-o", str(output)]
        )
    assert not output.exists()
    resumed = run(source, "-c", "name", "-o", output, "--resume")
    assert "4 of them were done by an earlier run" in resumed.stderr
    first = output.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(partial.Partial, "finish", stop)
        CliRunner().invoke(
            main, ["batch", str(source), "-c", "name", "-o", str(output)]
        )
    assert output.read_bytes() == first
    again = run(source, "-c", "name", "-o", output)
    assert "starting again; --resume would have gone on" in again.stderr


def test_a_full_disk_is_an_error_and_not_a_trace(source: Path) -> None:
    result = run(source, "-c", "name", "-o", "/dev/full")
    assert result.exit_code == 2
    told = "gazetteer: cannot go on with '/dev/full': no space left on device\n"
    assert result.stderr == told
    result = run(source, "-c", "name", "-o", "/dev/full/x.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith("gazetteer: cannot write '/dev/full/x.csv'")


def test_gzipped_input(source: Path, tmp_path: Path) -> None:
    import gzip

    packed = tmp_path / "in.csv.gz"
    packed.write_bytes(gzip.compress(source.read_bytes()))
    whole = run(source, "-c", "name").stdout
    assert run(packed, "-c", "name").stdout == whole
    packed.write_bytes(packed.read_bytes()[:-9])
    assert run(packed, "-c", "name").exit_code == 2


def test_progress_goes_to_standard_error(source: Path) -> None:
    result = run(source, "-c", "name", "--progress")
    assert "resolving: 4 rows, 100 %" in result.stderr
    assert len(list(csv.reader(io.StringIO(result.stdout)))) == 5
