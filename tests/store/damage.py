"""Damage a store again and again; say what was found, refused and answered.

    python tests/store/damage.py [TIMES [STORE [SEED]]]

Each of TIMES damages (1,000) is made on a copy of STORE (the shipped data): cut off
anywhere, a foreign or older header, single bytes anywhere. `verify` must find each;
opening must refuse whatever is cut off, foreign or of another version. Whatever opens
is asked by name, misspelt and exact, one by one and as a column, in a process of its own:
it must neither crash nor hang, nor answer with a place that the sound store does not hold.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zlib import crc32

from gazetteer import Gazetteer
from gazetteer.errors import GazetteerError, StoreError
from gazetteer.index.directory import compile_directory
from gazetteer.store import Store
from gazetteer.store.format import LAYOUT
from gazetteer.store.verify import verify_store

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[2] / "data"
SECONDS = 60
"""After which a query counts as hanging."""

HEADER = 64
KINDS = ("cut off", "foreign", "other version", "byte", "byte", "byte")


def damage(draw: random.Random, kind: str, data: bytes) -> Callable[[Path], None]:
    """Return what does one damage to a file of some bytes."""

    def write(at: int, new: bytes) -> Callable[[Path], None]:
        def apply(path: Path) -> None:
            with path.open("r+b") as file:
                file.seek(at)
                file.write(new)

        return apply

    if kind == "cut off":
        length = draw.choice([draw.randrange(len(data)), draw.randrange(200)])
        return lambda path: os.truncate(path, length)
    if kind == "foreign":
        return write(0, draw.choice([b"PK\x03\x04", b"SQLite format 3\0", b"PAR1", b"\x89gaz\n\x1a\n"]))  # fmt: skip
    if kind == "other version":
        other = draw.choice([each for each in range(9) if each != LAYOUT])
        head = data[:8] + other.to_bytes(4, "little") + data[12 : HEADER - 4]
        return write(0, head + crc32(head).to_bytes(4, "little"))
    at = draw.randrange(len(data))
    return write(at, bytes([data[at] ^ (1 << draw.randrange(8))]))


def ask(path: Path, sound: Gazetteer, queries: list[str]) -> None:
    """Ask a damaged store; an AssertionError is a false answer."""
    try:
        damaged = Gazetteer.load(path)
    except GazetteerError:
        return
    for query in queries:
        for candidate in damaged.resolve(query).candidates:
            held = sound[candidate.place_id]
            assert candidate.place == held, query
    for query, place_id in zip(
        queries, damaged.resolve_many(queries).place_id, strict=True
    ):
        allowed = {each.place_id for each in sound.resolve(query).candidates}
        # a lost rival may leave another to be matched, but it must be a candidate
        assert place_id is None or place_id in allowed, query


def apart(work: Callable[[], None]) -> str:
    """Do something in a process of its own; return what became of it."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        try:
            work()
        except StoreError:
            os._exit(3)
        except AssertionError:
            os._exit(4)
        except BaseException:  # noqa: BLE001 - whatever it is, it is told
            import traceback

            traceback.print_exc()
            os._exit(5)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "hung" if number == signal.SIGALRM else f"crashed ({number})"
    return {0: "answered", 3: "refused", 4: "FALSE ANSWER"}.get(
        os.WEXITSTATUS(status), "RAISED"
    )


def queries_of(sound: Gazetteer, draw: random.Random) -> list[str]:
    """Return names of the store, some of them misspelt, and a few that are none."""
    places = list(sound)
    names = []
    for place in draw.sample(places, min(8, len(places))):
        name = place.toponyms[0].name
        names.append(name)
        at = draw.randrange(len(name))
        names.append(name[:at] + "x" + name[at + 1 :])
    return [*names, "zz", "—", "Nowhere at all"]


def main(times: int = 1000, store: str = "", seed: int = 0) -> int:
    seed = seed or random.randrange(10**6)
    draw = random.Random(seed)
    print(f"seed {seed}")
    missed: list[str] = []
    outcomes: Counter[tuple[str, str]] = Counter()
    with TemporaryDirectory() as name:
        whole, path = Path(name, "whole.gaz"), Path(name, "damaged.gaz")
        if store:
            shutil.copyfile(store, whole)
        else:
            compile_directory(DATA, whole)
        data = whole.read_bytes()
        sound = Gazetteer.load(whole)
        for number in range(times):
            kind = draw.choice(KINDS)
            change = damage(draw, kind, data)
            shutil.copyfile(whole, path)
            change(path)
            same = path.read_bytes() == data
            if not same and not verify_store(path):
                missed.append(f"{number}: {kind}: not found by verify")
            try:
                Store.open(path)
            except StoreError:
                outcomes[kind, "refused when opened"] += 1
                continue
            if kind != "byte" and not same:
                missed.append(f"{number}: {kind}: opened")
            asked = queries_of(sound, draw)
            outcome = apart(lambda asked=asked: ask(path, sound, asked))
            outcomes[kind, outcome] += 1
            if outcome not in {"answered", "refused"}:
                missed.append(f"{number}: {kind}: {outcome}: {asked}")
    for (kind, outcome), count in sorted(outcomes.items()):
        print(f"{kind:14} {outcome:20} {count:5}")
    print(*missed, sep="\n")
    print(f"{times} damages of {len(data):,} bytes: {len(missed)} went wrong")
    return 1 if missed else 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(
        main(
            int(arguments[0]) if arguments else 1000,
            arguments[1] if len(arguments) > 1 else "",
            int(arguments[2]) if len(arguments) > 2 else 0,
        )
    )
