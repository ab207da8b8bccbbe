"""What the kernel says of a process."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of(pid: int) -> float:
    """Return the seconds of user and system time of a process, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    user, system = fields.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / _TICKS


def size_of(field: str, pid: int | str = "self") -> int:
    """Return a size from the status of a process (``VmRSS``, ``VmHWM``), in bytes."""
    with Path(f"/proc/{pid}/status").open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(field):
                return int(line.split()[1]) * 1024
    return 0
