"""A run that is stopped at any moment goes on to the bytes of an undisturbed one."""

from __future__ import annotations

import errno
import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer import Gazetteer
from gazetteer.batch import BatchError, BatchOptions, csvfile, partial, resolve_file
from gazetteer.batch.partial import Partial
from gazetteer.writing import WriteError

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer.batch import Tally


def _kill() -> Any:
    # a script beside this file, which the import mode knows no name for
    path = Path(__file__).with_name("kill.py")
    spec = importlib.util.spec_from_file_location("kill", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Stopped(BaseException):
    """What stops a run from outside, as Ctrl-C does."""


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partial, "COMMIT_EVERY", 0.0)
    monkeypatch.setattr(csvfile, "PIECE_ROWS", 250)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    _kill().write_input(path, 1_500)
    return path


def stop_after(rows: int) -> Callable[[str, int, float], None]:
    def progress(what: str, done: int, share: float) -> None:
        if what.startswith("resolving") and done >= rows:
            raise Stopped

    return progress


def run(gaz: Gazetteer, source: Path, output: Path, **more: Any) -> Tally:
    options = BatchOptions("name", perspective="neutral")
    options = options._replace(**more.pop("options", {}))
    more.setdefault("review", output.with_name(f"{output.name}.review.csv"))
    return resolve_file(gaz, source, output, options, **more)


def stopped(gaz: Gazetteer, source: Path, output: Path, rows: int, **more: Any) -> None:
    with pytest.raises(Stopped):
        run(gaz, source, output, progress=stop_after(rows), **more)


# -------------------------------------------------------------------------------- kill


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_ten_kills_leave_nothing_half_and_change_no_byte(
    tmp_path: Path, suffix: str
) -> None:
    kill = _kill()
    source, whole = tmp_path / "in.csv", tmp_path / f"whole.{suffix}"
    kill.write_input(source, 6_000)
    seconds = kill.whole_run(source, whole)
    killed = rounds = 0
    while killed < 5:
        output = tmp_path / f"killed{rounds}.{suffix}"
        killed += kill.kill_until_done(
            source, output, whole.read_bytes(), seconds, 5 - killed, rounds
        )
        reviews = [Path(f"{each}.review.csv").read_bytes() for each in (whole, output)]
        assert reviews[0] == reviews[1]
        rounds += 1


# ------------------------------------------------------------------------------- going on


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "parquet", "xlsx"])
def test_a_stopped_run_goes_on(
    gaz: Gazetteer, source: Path, tmp_path: Path, suffix: str
) -> None:
    whole, output = tmp_path / f"whole.{suffix}", tmp_path / f"out.{suffix}"
    expected = run(gaz, source, whole)
    stopped(gaz, source, output, 500)
    assert not output.exists()
    stopped(gaz, source, output, 250, resume=True)
    tally = run(gaz, source, output, resume=True)
    assert tally == expected._replace(resumed=tally.resumed)
    assert 500 <= tally.resumed < 1_500
    assert output.read_bytes() == whole.read_bytes()
    reviews = [Path(f"{each}.review.csv").read_bytes() for each in (whole, output)]
    assert reviews[0] == reviews[1]
    assert not list(tmp_path.glob("*.part*"))


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("kind", ["jsonl", "parquet", "xlsx"])
def test_a_run_over_any_format_goes_on(
    gaz: Gazetteer, source: Path, tmp_path: Path, kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from gazetteer.batch import excel, jsonlines, parquet

    for module in (excel, jsonlines, parquet):
        monkeypatch.setattr(module, "PIECE_ROWS", 250)
    typed = tmp_path / f"in.{kind}"
    resolve_file(gaz, source, typed, BatchOptions("name", prefix="x_"))
    whole, output = tmp_path / "whole.csv", tmp_path / "out.csv"
    run(gaz, typed, whole)
    stopped(gaz, typed, output, 500)
    assert run(gaz, typed, output, resume=True).resumed
    assert output.read_bytes() == whole.read_bytes()


@pytest.mark.usefixtures("eager")
def test_what_was_written_behind_the_last_note_is_cut_off(
    gaz: Gazetteer, source: Path, tmp_path: Path
) -> None:
    whole, output = tmp_path / "whole.csv", tmp_path / "out.csv"
    run(gaz, source, whole)
    stopped(gaz, source, output, 500)
    for part in (".part", ".part.review"):
        with output.with_name(output.name + part).open("ab") as stream:
            stream.write(b"half a li")
    run(gaz, source, output, resume=True)
    assert output.read_bytes() == whole.read_bytes()


@pytest.mark.usefixtures("eager")
def test_without_resume_a_run_starts_again(
    gaz: Gazetteer, source: Path, tmp_path: Path
) -> None:
    whole, output = tmp_path / "whole.csv", tmp_path / "out.csv"
    run(gaz, source, whole)
    stopped(gaz, source, output, 500)
    assert Partial.left_over(output)
    assert run(gaz, source, output).resumed == 0
    assert output.read_bytes() == whole.read_bytes()
    assert not Partial.left_over(output)


def test_resume_without_an_earlier_run_is_a_run(
    gaz: Gazetteer, source: Path, tmp_path: Path
) -> None:
    whole, output = tmp_path / "whole.csv", tmp_path / "out.csv"
    run(gaz, source, whole)
    assert run(gaz, source, output, resume=True).resumed == 0
    assert output.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("seal", [None, lambda body, out: out.write(body.read())])
def test_a_run_that_was_killed_after_its_last_step_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seal: Any
) -> None:
    output = tmp_path / "out.bin"
    with Partial(output, {"plan": 1}) as part:
        part.body.write(b"all of it")
        part.commit({"rows": 9}, now=True)
        monkeypatch.setattr(Partial, "remove", lambda _: None)
        part.finish(seal)
    monkeypatch.undo()
    assert output.read_bytes() == b"all of it"
    with Partial(output, {"plan": 1}, resume=True) as part:
        assert part.finished
        assert part.done == {"rows": 9}
        part.remove()
    assert [each.name for each in tmp_path.iterdir()] == ["out.bin"]


def test_a_run_that_had_no_room_left_can_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str) -> None:
        raise WriteError(str(path), "no space left on device", errno.ENOSPC)

    output = tmp_path / "out.bin"
    with pytest.raises(WriteError), Partial(output, {"plan": 1}) as part:  # noqa: PT012
        part.body.write(b"half")
        part.commit({"rows": 4}, now=True)
        monkeypatch.setattr("gazetteer.batch.partial.write_text", full)
        part.commit({"rows": 5}, now=True)
    monkeypatch.undo()
    with Partial(output, {"plan": 1}, resume=True) as part:
        assert part.done == {"rows": 4}


# ------------------------------------------------------------------------------- refusing


@pytest.mark.usefixtures("eager")
def test_an_input_that_changed_is_refused(
    gaz: Gazetteer, source: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"
    stopped(gaz, source, output, 500)
    text = source.read_text("utf-8")
    source.write_text(text.replace("Shushi", "Shusha", 1), "utf-8")
    with pytest.raises(BatchError, match=r"the input's content: .* without --resume"):
        run(gaz, source, output, resume=True)
    source.write_text(text, "utf-8")  # at another time, but the same
    assert run(gaz, source, output, resume=True).resumed


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"prefix": "x_"}, "option prefix: 'gz_' then, 'x_' now"),
        ({"perspective": None}, "option perspective: 'neutral' then, None now"),
        ({"context_columns": {"within": "remark"}}, "option context_columns"),
    ],
)
def test_other_options_are_refused(
    gaz: Gazetteer, source: Path, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    output = tmp_path / "out.csv"
    stopped(gaz, source, output, 500)
    with pytest.raises(BatchError) as caught:
        run(gaz, source, output, resume=True, options=change)
    assert said in str(caught.value)
    assert run(gaz, source, output, resume=True).resumed  # nothing was lost by it


@pytest.mark.usefixtures("eager")
def test_other_data_are_refused(gaz: Gazetteer, source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    stopped(gaz, source, output, 500, options={"perspective": None}, review=None)
    small = Path(__file__).parents[1] / "fixtures" / "small"
    other = Gazetteer.load(small)
    with pytest.raises(BatchError, match="the data: "):
        run(
            other, source, output, resume=True, review=None,
            options={"perspective": None},
        )  # fmt: skip


@pytest.mark.usefixtures("eager")
def test_two_runs_do_not_write_one_file(
    gaz: Gazetteer, source: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"
    seen: list[str] = []

    def progress(what: str, rows: int, share: float) -> None:
        if what == "resolving" and not seen:
            with pytest.raises(BatchError) as caught:
                run(gaz, source, output)
            seen.append(str(caught.value))

    run(gaz, source, output, progress=progress)
    assert "another run is writing it" in seen[0]
    assert output.exists()


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize(
    ("state", "said"),
    [("{", "no note of this program's"), ('{"version": 0}', "another version")],
)
def test_a_note_that_cannot_be_read_is_refused(
    gaz: Gazetteer, source: Path, tmp_path: Path, state: str, said: str
) -> None:
    output = tmp_path / "out.csv"
    stopped(gaz, source, output, 500)
    (tmp_path / "out.csv.part.json").write_text(state, "utf-8")
    with pytest.raises(BatchError, match=said):
        run(gaz, source, output, resume=True)


@pytest.mark.usefixtures("eager")
def test_a_part_that_was_cut_short_is_refused(
    gaz: Gazetteer, source: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"
    stopped(gaz, source, output, 500)
    part = tmp_path / "out.csv.part"
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(BatchError, match="shorter than it was"):
        run(gaz, source, output, resume=True)


def test_the_note_is_readable(
    gaz: Gazetteer, source: Path, tmp_path: Path, eager: None
) -> None:
    output = tmp_path / "out.csv"
    stopped(gaz, source, output, 500)
    note = json.loads((tmp_path / "out.csv.part.json").read_text("utf-8"))
    assert note["done"]["rows"] % 250 == 0
    assert note["plan"]["option column"] == "name"
    assert note["body"] <= (tmp_path / "out.csv.part").stat().st_size
