"""What a start costs: the import, and one answer of the command line as a process."""

from __future__ import annotations

import os
from statistics import median
from typing import TYPE_CHECKING

from contest import say
from environments import python_of

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 15
NAME = "Xankəndi"


def startup() -> dict[str, float]:
    """Return CPU seconds, user and system: median of rounds, one of each in turn.

    A command that fails, say for want of data, is told and left out.
    """
    python = python_of("ours")
    commands = {
        "bare interpreter": (python, "-c", "pass"),
        # what the package offers is imported when it is asked for
        "import gazetteer": (python, "-c", "from gazetteer import Gazetteer"),
        f"gazetteer resolve {NAME}": (python.with_name("gazetteer"), "resolve", NAME),
    }
    samples: dict[str, list[float]] = {what: [] for what in commands}
    for round_ in range(ROUNDS + 1):
        for what, command in commands.items():
            cpu = _cpu(command)
            # the first one finds nothing warm
            if round_ and cpu is not None:
                samples[what].append(cpu)
    return {what: median(cpus) for what, cpus in samples.items() if cpus}


def _cpu(command: tuple[str | Path, ...]) -> float | None:
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        quiet = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)]
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
        _, status, usage = os.wait4(pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        say(f"{' '.join(map(str, command))} ended with {code}")
        return None
    return usage.ru_utime + usage.ru_stime
