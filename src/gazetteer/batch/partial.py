"""A file that is written over hours, and is there whole or not at all.

Beside the file three others grow: ``NAME.part`` (the rows so far), ``NAME.part.review``
(the questions so far) and ``NAME.part.json`` (up to which byte both are whole, and what
they were made of). The last is replaced as a whole, after the others were brought to
the disk. What a killed run wrote behind that point is cut off when another goes on.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Self

from gazetteer.batch.errors import BatchError
from gazetteer.errors import GazetteerError
from gazetteer.writing import WriteError, file_behind, put, whole_path, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO

__all__ = ["Partial"]

_VERSION: Final = 1

COMMIT_EVERY = 1.0
"""Seconds of work that may be lost."""


class Partial:
    """The growing parts of one output.

    Attributes:
        done: what the earlier run had done, as it was handed to `commit`; None for a
            run from the beginning.
        finished: whether the earlier run was stopped after it had put the file in its
            place.
    """

    def __init__(
        self, target: Path, plan: Mapping[str, Any], *, resume: bool = False
    ) -> None:
        """Begin, or go on.

        Args:
            target: the file to be written in the end.
            plan: all that decides the bytes of the output, by what it is called in
                an error; what is not the same as in the earlier run is refused.
            resume: whether to go on where an earlier run was stopped, if there is one.

        Raises:
            BatchError: if another run is writing the same file, or the earlier one
                was made of something else.
            WriteError: if no file can be written there.
        """
        self.target = target = file_behind(target)
        self._plan = json.loads(json.dumps(plan))
        self._body_path = _beside(target, ".part")
        self._journal_path = _beside(target, ".part.review")
        self._state_path = _beside(target, ".part.json")
        self.body = _open(self._body_path)
        try:
            _lock(self.body, str(target))
            self.journal = _open(self._journal_path)
        except BaseException:
            self.body.close()
            raise
        self._committed = time.monotonic()
        self.finished = False
        try:
            self.done = self._go_on() if resume else None
            if self.done is None:
                # first what says that the parts are of use, then the parts
                self._state_path.unlink(missing_ok=True)
                self.body.truncate(0)
                self.journal.truncate(0)
                self.body.seek(0)
                self.journal.seek(0)
        except BaseException:
            self._close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What a fault of the input or a wrong option stopped cannot go on; what was
        # interrupted, or had no room left, can.
        if isinstance(error, GazetteerError) and not isinstance(error, WriteError):
            self.remove()
        self._close()

    @staticmethod
    def left_over(target: Path) -> bool:
        """Tell whether an earlier run of this output was stopped."""
        return _beside(file_behind(target), ".part.json").exists()

    def commit(self, done: Mapping[str, Any], *, now: bool = False) -> None:
        """Note that what was written so far is whole, about once a second.

        Args:
            done: what the next run has to know.
            now: whether to note it even if that was just done.
        """
        moment = time.monotonic()
        if not now and moment - self._committed < COMMIT_EVERY:
            return
        for part in (self.body, self.journal):
            part.flush()
            os.fsync(part.fileno())
        self._note(
            {
                "version": _VERSION,
                "plan": self._plan,
                "body": self.body.tell(),
                "journal": self.journal.tell(),
                "done": dict(done),
            }
        )
        self._committed = time.monotonic()

    def _note(self, state: dict[str, Any]) -> None:
        self._state = state
        write_text(self._state_path, json.dumps(state))

    def finish(self, seal: Callable[[BinaryIO, BinaryIO], None] | None) -> None:
        """Put the file in its place, after a last `commit`.

        Args:
            seal: makes the file of the body; None where the body is the file.
        """
        if seal is not None:
            self.body.seek(0)
            with whole_path(self.target) as made:
                with made.open("wb") as out:
                    seal(self.body, out)
                self._note(self._state | {"made": _identity(made)})
        else:
            self._note(self._state | {"made": _identity(self._body_path)})
            if os.name == "nt":
                self._close()  # Windows renames no file that is open
            put(self._body_path, self.target)
        self.remove()

    def _go_on(self) -> dict[str, Any] | None:
        """Return what was done, with the parts cut to it; None to begin again."""
        try:
            state = json.loads(self._state_path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            reason = f"{self._state_path} is no note of this program's; remove it"
            raise BatchError(str(self.target), reason) from error
        if state.get("version") != _VERSION:
            reason = "another version of this program stopped there"
            raise BatchError(str(self.target), f"{reason}; {_AGAIN}")
        old, new = state["plan"], self._plan
        differing = [
            f"{what}: {old.get(what)!r} then, {new.get(what)!r} now"
            for what in {**old, **new}
            if old.get(what) != new.get(what)
        ]
        if differing:
            listed = "; ".join(differing)
            reason = f"not what the stopped run was made of: {listed}; {_AGAIN}"
            raise BatchError(str(self.target), reason)
        self._state = state
        done: dict[str, Any] = state["done"]
        made = state.get("made")
        if made and self.target.exists() and _identity(self.target) == made:
            self.finished = True
            return done
        for part, size in (
            (self.body, state["body"]),
            (self.journal, state["journal"]),
        ):
            if part.seek(0, 2) < size:
                reason = "a part of the stopped run is shorter than it was"
                raise BatchError(str(self.target), f"{reason}; {_AGAIN}")
            part.seek(size)
            part.truncate()
        return done

    def remove(self) -> None:
        """Take away what stands beside a finished file."""
        for path in (
            self._state_path,  # first: without it the parts mean nothing
            self._journal_path,
            self._body_path,
        ):
            with suppress(OSError):
                path.unlink()

    def _close(self) -> None:
        self.body.close()
        self.journal.close()


_AGAIN: Final = "without --resume it starts again"


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _open(path: Path) -> BinaryIO:
    # neither "r+" nor "w+" opens a file as it is and makes one that is missing
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o666)
    except OSError as error:
        reason = f"its parts cannot be made beside it ({error.strerror})"
        raise WriteError(str(path), reason, error.errno) from error
    return os.fdopen(handle, "r+b")


def _identity(path: Path) -> list[int]:
    # renaming changes none of these
    seen = path.stat()
    return [seen.st_ino, seen.st_size, seen.st_mtime_ns]


def _lock(stream: BinaryIO, name: str) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise BatchError(name, "another run is writing it") from error
