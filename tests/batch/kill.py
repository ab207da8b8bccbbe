"""Kill runs at random moments, then compare what `--resume` makes with a whole run.

    python tests/batch/kill.py [TIMES [ROWS]]

Runs of every output format are killed with SIGKILL again and again, at moments drawn
from the time that a run takes, until one ends by itself. After each kill there must be
no output (or the old one), and in the end the bytes of an undisturbed run, those of the
review file too.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

FORMATS = ("csv", "jsonl", "parquet", "xlsx")
NAMES = (
    "Stepanakert", "Khankendi", "Karabakh", "Martuni", "Shusha", "Shushi", "Nowhere",
    "Xankandi", "Stepanakrt", "Mardakert", "Aghdara", "Hadrut", "Lachin", "Berdzor",
)  # fmt: skip

# As the command, but noting what is whole after every piece, in small pieces, so that
# there are many moments to be killed at.
PROGRAM = """
import sys
from gazetteer.batch import csvfile, partial
partial.COMMIT_EVERY = 0.0
csvfile.PIECE_ROWS = 500
from gazetteer.cli import main
main()
"""


def write_input(path: Path, rows: int, seed: int = 1) -> None:
    draw = random.Random(seed)
    lines = ["id,name,remark"]
    for number in range(rows):
        name = draw.choice(NAMES)
        if draw.random() < 0.4:
            at = draw.randrange(len(name))
            name = name[:at] + draw.choice("aeiou") + name[at + 1 :]
        lines.append(f'{number},{name},"a, ""b"" Ա"')
    path.write_text("\n".join(lines) + "\n", "utf-8")


def command(source: Path, output: Path) -> list[str]:
    return [
        sys.executable, "-c", PROGRAM, "batch", str(source), "-c", "name",
        "-o", str(output), "--review", str(output.with_name(f"{output.name}.review.csv")),
        "-p", "neutral", "--resume", "--no-progress",
    ]  # fmt: skip


def kill_until_done(
    source: Path, output: Path, whole: bytes, seconds: float, times: int, seed: int
) -> int:
    """Kill runs until one is done, then compare; return how many were killed."""
    draw = random.Random(seed)
    killed = 0
    while killed < times and not output.exists():
        run = subprocess.Popen(
            command(source, output), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        try:
            run.communicate(timeout=draw.uniform(0.1, seconds))
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.communicate()
            killed += 1
        else:
            assert run.returncode == 0
        if output.exists():
            # also where the kill came after the last step
            assert output.read_bytes() == whole
    subprocess.run(command(source, output), check=True, capture_output=True)
    assert output.read_bytes() == whole
    left = [each.name for each in output.parent.glob(f"{output.name}.*part*")]
    assert left == []
    return killed


def whole_run(source: Path, output: Path) -> float:
    """Let one run alone; return how long it took."""
    begun = time.monotonic()
    subprocess.run(command(source, output), check=True, capture_output=True)
    return time.monotonic() - begun


def main(times: int = 10, rows: int = 60_000) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "in.csv"
        write_input(source, rows)
        for suffix in FORMATS:
            whole, killed = folder / f"whole.{suffix}", folder / f"killed.{suffix}"
            seconds = whole_run(source, whole)
            kills = rounds = 0
            while kills < times:
                killed.unlink(missing_ok=True)
                kills += kill_until_done(
                    source, killed, whole.read_bytes(), seconds, times - kills,
                    seed + rounds,
                )  # fmt: skip
                rounds += 1
                reviews = [f"{each}.review.csv" for each in (whole, killed)]
                one, other = (Path(each).read_bytes() for each in reviews)
                assert one == other, suffix
            print(
                f"{suffix}: {kills} kills in {rounds} rounds of a run of {seconds:.1f} s "
                f"and {rows:,} rows: the same bytes"
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
