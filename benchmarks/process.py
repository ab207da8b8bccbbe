"""A contender in a process of its own, asked and answering."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from environments import BENCH, python_of

if TYPE_CHECKING:
    from contenders import Contender


class FailedError(Exception):
    """The contender raised, died or took too long; the message says which."""


class Process:
    """Use as a context manager; one question is answered at a time."""

    def __init__(self, contender: Contender, server: dict[str, str]) -> None:
        log = BENCH / "log" / f"{contender.module}.txt"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as errors:
            self._process = subprocess.Popen(
                [python_of(contender.environment), "worker.py", contender.module],
                cwd=Path(__file__).parent,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=os.environ | server | {"PYTHONHASHSEED": "0"},
                text=True,
                encoding="utf-8",
            )

    def ask(self, do: str, *, patience: float = 600, **arguments: Any) -> Any:
        """Return the answer to a command of `worker.Worker`.

        Raises:
            FailedError: if there is none within the seconds of patience.
        """
        command = json.dumps({"do": do, **arguments}, default=str)
        try:
            self._process.stdin.write(command + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise FailedError("it died") from error
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            if not selector.select(patience):
                self._process.kill()
                raise FailedError(f"{do}: no answer in {patience:.0f} s")
        answer = self._process.stdout.readline()
        if not answer:
            raise FailedError(f"{do}: it died")
        result = json.loads(answer)
        if "error" in result:
            raise FailedError(f"{do}: {result['error']}")
        return result

    def close(self) -> None:
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
