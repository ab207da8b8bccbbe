"""One way to write: a file is whole or not there, and what is no file stays."""

from __future__ import annotations

import errno
import os
import pickle
import signal
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from gazetteer.cli import main
from gazetteer.errors import GazetteerError
from gazetteer.index.compile import compile_places
from gazetteer.tables.cells import write_rows
from gazetteer.writing import (
    WriteError,
    file_behind,
    is_stream,
    put,
    stream_to,
    whole_directory,
    whole_file,
    whole_path,
    write_bytes,
    write_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

posix = pytest.mark.skipif(os.name != "posix", reason="files of POSIX")


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def pipe_at(path: Path) -> Iterator[Callable[[], bytes]]:
    """Make a pipe with a path; yields what reads what is in it."""
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        yield lambda: os.read(reader, 1 << 16)
    finally:
        os.close(reader)


@pytest.fixture
def device(tmp_path: Path) -> Path:
    """Return a device that takes everything, as /dev/null does."""
    path = tmp_path / "null.csv"
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        path.write_bytes(b"x")
    except (OSError, AttributeError):
        pytest.skip("no device can be made here")
    return path


# ------------------------------------------------------------------------ whole files


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_text(file, "one")
    write_text(str(file), "two\r\n")
    assert file.read_bytes() == b"two\r\n"
    assert names(tmp_path) == ["a.txt"]


def test_the_old_content_is_there_until_the_end(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")
    with whole_file(file) as stream:
        stream.write(b"new")
        stream.flush()
        assert file.read_bytes() == b"old"
    assert file.read_bytes() == b"new"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_whatever_goes_wrong_the_old_content_stays(
    tmp_path: Path, error: type[BaseException]
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")
    with pytest.raises(error), whole_file(file) as stream:  # noqa: PT012
        stream.write(b"half")
        raise error
    with pytest.raises(error), whole_directory(tmp_path / "d") as made:  # noqa: PT012
        write_text(made / "b.txt", "half")
        raise error
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_a_text_that_cannot_be_written_leaves_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_text(file, "one")
    with pytest.raises(UnicodeEncodeError):
        write_text(file, "\ud800")
    assert file.read_text(encoding="utf-8") == "one"
    assert names(tmp_path) == ["a.txt"]


@posix
def test_permissions_stay_and_new_ones_are_what_the_mask_allows(
    tmp_path: Path,
) -> None:
    file, folder = tmp_path / "a.txt", tmp_path / "d"
    before = os.umask(0o027)
    try:
        write_text(file, "one")
        assert mode(file) == 0o640
        file.chmod(0o604)
        write_text(file, "two")
        assert mode(file) == 0o604
        with whole_directory(folder):
            pass
        assert mode(folder) == 0o750
        folder.chmod(0o700)
        with whole_directory(folder):
            pass
        assert mode(folder) == 0o700
    finally:
        os.umask(before)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="as root")
def test_a_file_stays_the_property_of_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_text(file, "one")
    os.chown(file, 1234, 2345)
    write_text(file, "two")
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 2345)


@posix
def test_a_link_goes_on_pointing_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    file, link, other = tmp_path / "d" / "a.txt", tmp_path / "b.txt", tmp_path / "c"
    other.symlink_to(link)
    link.symlink_to(Path("d") / "a.txt")
    for text in ("made through a link to nothing", "and again"):
        write_text(other, text)
        assert link.is_symlink()
        assert other.is_symlink()
        assert file.read_text(encoding="utf-8") == text
    assert file_behind(other) == file
    assert names(tmp_path) == ["b.txt", "c", "d"]


@posix
def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(WriteError, match="go round in a circle"):
        write_text(one, "x")


def test_a_name_as_long_as_a_name_can_be(tmp_path: Path) -> None:
    file = tmp_path / ("\N{ARMENIAN SMALL LETTER AYB}" * 125 + ".csv")
    write_text(file, "one")
    assert names(tmp_path) == [file.name]


def test_a_directory_is_replaced_only_where_it_is_empty(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    with whole_directory(folder) as made:
        write_text(made / "a.txt", "one")
        assert names(folder) == []
    assert names(folder) == ["a.txt"]
    with pytest.raises(WriteError, match="name a new directory"):
        whole_directory(folder).__enter__()
    with pytest.raises(WriteError, match="it is no directory; name a new one"):
        whole_directory(folder / "a.txt").__enter__()
    assert names(tmp_path) == ["d"]


# ------------------------------------------------------------------- what runs leave


PROGRAM = """
import sys, time
from pathlib import Path
from gazetteer.writing import whole_file
with whole_file(Path(sys.argv[1])) as stream:
    stream.write(b"half")
    stream.flush()
    print("ready", flush=True)
    time.sleep(60)
"""


def killed(path: Path) -> None:
    arguments = [sys.executable, "-c", PROGRAM, str(path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        run.send_signal(signal.SIGKILL)


@posix
def test_what_killed_runs_left_does_not_pile_up(tmp_path: Path) -> None:
    file = tmp_path / "[a].txt"  # a pattern, were it one
    write_text(file, "old")
    for _ in range(3):
        killed(file)
        assert file.read_text("utf-8") == "old"
        assert len(names(tmp_path)) == 2
    write_text(file, "new")
    assert names(tmp_path) == [file.name]


@posix
def test_what_another_run_is_making_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with whole_file(file) as outer:
        outer.write(b"outer")
        with whole_file(file) as inner:
            inner.write(b"inner")
        assert file.read_bytes() == b"inner"
    assert file.read_bytes() == b"outer"
    assert names(tmp_path) == ["a.txt"]


@posix
def test_what_others_left_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".a.txt.0.part").write_text("a file, and no folder of ours")
    (tmp_path / ".b.txt.0.part").mkdir()
    write_text(tmp_path / "a.txt", "one")
    assert names(tmp_path) == [".a.txt.0.part", ".b.txt.0.part", "a.txt"]


# --------------------------------------------------------------- what is not a file


@posix
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    with pipe_at(pipe) as read:
        write_text(pipe, "one")
        assert read() == b"one"
        with whole_file(pipe) as stream:  # that cannot be sought, but this can
            stream.write(b"one")
            stream.seek(0)
            stream.write(b"O")
        assert read() == b"One"
        with pytest.raises(WriteError, match="name a new one"):
            whole_directory(pipe).__enter__()
    assert pipe.is_fifo()


@posix
def test_nothing_goes_through_a_pipe_of_what_failed(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    with pipe_at(pipe) as read:
        with pytest.raises(ValueError, match="half"), whole_file(pipe) as stream:  # noqa: PT012
            stream.write(b"half")
            raise ValueError("half")
        assert read() == b""


def test_a_device_is_written_to_and_not_replaced(device: Path) -> None:
    link = device.with_name("link")
    link.symlink_to(device)
    for path in (device, link):
        assert is_stream(path)
        write_bytes(path, b"one")
        assert device.is_char_device()
    with pytest.raises(WriteError, match="no directory"):
        whole_directory(device).__enter__()
    assert names(device.parent) == ["link", device.name]


def test_all_that_writes_goes_by_that(device: Path) -> None:
    table, text = device.with_name("in.csv"), device.with_name("in.txt")
    table.write_text("name\nShushi\nShusha\nMartuni\n", "utf-8")
    text.write_text("The road from Shushi to Shusha.\n", "utf-8")
    write_rows(device, [["name"], ["one"]])
    compile_places([], device)
    for arguments in (
        ["batch", table, "-c", "name", "-o", device],
        ["batch", table, "-c", "name", "--output-format", "xlsx", "-o", device],
        ["batch", table, "-c", "name", "-o", device.with_name("out.csv"),
         "--review", device],
        ["render", "-p", "neutral", text, "-o", device],
        ["render", "-p", "neutral", text, "--diff", "--report", device],
        ["lint", text, "--exit-zero", "-o", device],
        ["coverage", "--table", "sides", "--svg", device],
        ["export", "geojson", "-o", device],
        ["export", "sqlite", "-o", device],
    ):  # fmt: skip
        result = CliRunner().invoke(main, list(map(str, arguments)))
        assert result.exit_code == 0, (arguments, result.output)
        assert device.is_char_device(), arguments
    assert names(device.parent) == ["in.csv", "in.txt", device.name, "out.csv"]


@posix
def test_rows_go_through_a_pipe_as_to_a_file(tmp_path: Path) -> None:
    table, pipe = tmp_path / "in.csv", tmp_path / "pipe"
    table.write_text("name\nShushi\nShusha\n", "utf-8")
    arguments = ["batch", str(table), "-c", "name", "-o"]
    with pipe_at(pipe) as read:
        result = CliRunner().invoke(main, [*arguments, str(pipe)])
        assert result.exit_code == 0, result.output
        through = read()
    CliRunner().invoke(main, [*arguments, str(tmp_path / "out.csv")])
    assert through == (tmp_path / "out.csv").read_bytes()
    resumed = CliRunner().invoke(main, [*arguments, str(pipe), "--resume"])
    assert resumed.exit_code == 2
    assert "a pipe cannot be resumed" in resumed.output


def test_a_dash_is_the_standard_output(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    write_text("-", "one")
    write_text(Path("-"), "two")
    assert capfdbinary.readouterr().out == b"onetwo"
    assert not Path("-").exists()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="it has no path here")
@pytest.mark.parametrize("path", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_what_a_shell_appends_to_is_not_lost(tmp_path: Path, path: str) -> None:
    if not Path(path).exists():
        pytest.skip("it has no such path here")
    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    program = f"from gazetteer.writing import write_text; write_text({path!r}, 'one')"
    with log.open("ab") as stream:
        subprocess.run([sys.executable, "-c", program], stdout=stream, check=True)
    assert log.read_bytes() == b"before\none"


# --------------------------------------------------------------------------- refusals


def test_what_is_no_place_for_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a file")
    for path, reason in {
        tmp_path: "it is a directory; name a file in it",
        tmp_path / "no" / "a.txt": f"there is no directory '{tmp_path}/no'; make it",
        tmp_path / "a.txt" / "b.txt": f"'{tmp_path}/a.txt' is no directory",
    }.items():
        with pytest.raises(WriteError) as caught:
            write_text(path, "one")
        assert str(caught.value).startswith(f"cannot write {str(path)!r}: {reason}")
        with pytest.raises(WriteError, match="cannot write"):
            put(tmp_path / "a.txt", path)
    assert names(tmp_path) == ["a.txt"]


def test_the_error_is_one_of_ours_and_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="there is no directory") as caught:
        write_text(tmp_path / "no" / "a.txt", "one")
    error = caught.value
    assert isinstance(error, GazetteerError)
    assert (error.errno, error.filename) == (
        errno.ENOENT,
        str(tmp_path / "no" / "a.txt"),
    )
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.errno) == (str(error), error.errno)


AS_NOBODY = """
import fcntl, os, shutil  # while the modules can be read
from gazetteer.writing import WriteError, write_text
os.setuid(65534)
for path in ("a.txt", "new.txt"):
    try:
        write_text(path, "one")
    except WriteError as error:
        print(error)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="as root")
def test_what_is_not_allowed_is_told(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "old")
    tmp_path.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == (
        "cannot write 'a.txt': it may only be read; name another file, or allow "
        "writing to it\n"
        "cannot write 'new.txt': a file is made beside its place first, and in '.' "
        "none can be made (Permission denied); name one in another directory\n"
    )
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_device_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"'/dev/full': no space left on device"):
        write_text("/dev/full", "one")

    def full(path: Path) -> None:
        with whole_file(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(WriteError, match=r"a\.txt': no space left on device"):
        full(tmp_path / "a.txt")
    assert names(tmp_path) == []


@posix
def test_a_pipe_whose_reader_went_is_no_fault_of_the_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(BrokenPipeError), stream_to(pipe) as stream:  # noqa: PT012
        os.close(reader)
        stream.write(b"one")


def test_a_path_to_write_to_keeps_its_suffix(tmp_path: Path) -> None:
    with whole_path(tmp_path / "a.tar.gz") as made:
        assert made.name == "a.tar.gz"
        made.write_bytes(b"x")
    assert names(tmp_path) == ["a.tar.gz"]
