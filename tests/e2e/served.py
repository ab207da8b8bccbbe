"""Programs that are started for a trial, waited for, and stopped with all they start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PATIENCE = 90.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(command: Sequence[str], address: str, log: Path) -> Iterator[None]:
    """Run a program until it answers, and stop its whole process group at the end.

    A wrapper's process is not always that of the program: a group has both.
    """
    with log.open("wb") as output:
        started = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _wait(started, address, log)
            yield
        finally:
            _stop(started)


def _wait(started: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if started.poll() is not None:
            sys.exit(f"{log}: it ended by itself\n{log.read_text('utf-8')}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.3)
    sys.exit(f"{address} does not answer; see {log}\n{log.read_text('utf-8')}")


def _stop(started: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(started.pid, how)
            started.wait(15)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


@contextmanager
def gazetteer(log: Path, *options: str) -> Iterator[str]:
    """Serve the shipped data; gives the address."""
    port = free_port()
    command = [sys.executable, "-m", "gazetteer", "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with running([*command, *options], f"{address}/health", log):
        yield address
