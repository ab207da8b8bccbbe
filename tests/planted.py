"""Lay out tests/fixtures/planted/ as a directory, with the faults that it must show.

``python tests/planted.py DIRECTORY`` writes one to look at with ``gazetteer check``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

PLANTED = Path(__file__).parent / "fixtures" / "planted"
_TOKEN = re.compile(
    r"⟦(?P<code>[a-z0-9-]+)⟧|⟨U\+(?P<point>[0-9A-F]+)⟩|⟨(?P<bytes>[0-9a-f ]+)⟩"
)
_MARK = b"\xef\xbb\xbf"


def lay_out(directory: Path) -> set[tuple[str, int, int, str]]:
    """Write the tables; return file name, line, column and code of every fault."""
    expected = set()
    for path in sorted(PLANTED.iterdir()):
        if path.suffix == ".md":
            continue
        data, faults = _plain(path.read_text(encoding="utf-8"))
        (directory / path.name).write_bytes(data)
        expected |= {(path.name, *fault) for fault in faults}
    (directory / "name.csv").write_text("name_id,name\n", encoding="utf-8")
    expected.add(("name.csv", 0, 0, "unknown-file"))
    return expected


def _plain(marked: str) -> tuple[bytes, set[tuple[int, int, str]]]:
    data, line, column, last = b"", 1, 1, 0
    faults = set()

    def pass_over(text: str) -> None:
        nonlocal data, line, column
        data += text.encode()
        ended = text.count("\n")
        line += ended
        column = len(text) - text.rindex("\n") if ended else column + len(text)

    for token in _TOKEN.finditer(marked):
        pass_over(marked[last : token.start()])
        last = token.end()
        if token["code"]:
            faults.add((line, column, token["code"]))
        elif token["point"]:
            pass_over(chr(int(token["point"], 16)))
        else:
            raw = bytes.fromhex(token["bytes"])
            data += raw
            column += 0 if raw == _MARK else len(raw)
    pass_over(marked[last:])
    return data, faults


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    lay_out(target)
