"""Says on standard error how far a long work has come, how fast, and what is left."""

from __future__ import annotations

import sys
import time

import click

from gazetteer.display.counts import counted

__all__ = ["Meter", "progress_option"]

_EVERY = 0.2
"""Seconds between two lines on a terminal."""
_SELDOM = 10.0
"""Seconds between two lines in a file."""

progress_option = click.option(
    "--progress/--no-progress", default=None, help="On a terminal if not given."
)


class Meter:
    """One line that is written over and over on a terminal, or a line now and then."""

    def __init__(self, *, shown: bool | None = None) -> None:
        """Show progress always, never, or on a terminal only (None)."""
        self._terminal = sys.stderr.isatty()
        self._shown = self._terminal if shown is None else shown
        self._stage = ""
        self._started = self._last = time.monotonic()
        self._width = 0
        self._places = 0

    def count(self) -> None:
        """Count one place."""
        self._places += 1

    def read(self, what: str, rows: int, share: float, unit: str = "row") -> None:
        """Take what is being read, the rows so far and their share, 0 to 1."""
        self._say(what, rows, unit, share)

    def compile(self, stage: str, done: int, total: int) -> None:
        """Take a stage of compiling, how much of it is done, and of how much."""
        if stage == "places" and not total:
            return  # what is read of the source says how much is left
        self._say(f"compiling {stage}", done, "", done / total if total else 0.0)

    def _say(self, what: str, done: int, unit: str, share: float) -> None:
        if not self._shown or not done:
            return
        now = time.monotonic()
        if what != self._stage:
            self._end_line()
            self._stage, self._started = what, now
            self._last = now if self._terminal else 0.0
        elif now - self._last < (_EVERY if self._terminal else _SELDOM) and share < 1:
            return
        self._last = now
        spent = now - self._started
        rate = f"{done / spent:,.0f} a second" if spent > _EVERY else ""
        left = ""
        if 0 < share < 1 and spent > 1:
            left = f"{_duration(spent / share - spent)} left"
        amount = counted(done, unit) if unit else f"{done:,}"
        places = counted(self._places, "place") if self._places and unit else ""
        parts = [amount, f"{int(100 * share)} %" if share else "", rate, left, places]
        line = f"{what}: {', '.join(filter(None, parts))}"
        if self._terminal:
            click.echo(f"\r{line.ljust(self._width)}", err=True, nl=False)
            self._width = len(line)
        else:
            click.echo(line, err=True)

    def _end_line(self) -> None:
        if self._terminal and self._width:
            click.echo(err=True)
        self._width = 0

    def close(self) -> None:
        """End the line."""
        if self._shown:
            self._end_line()


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
