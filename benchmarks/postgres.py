"""A PostgreSQL server on loopback, for as long as the benchmarks need it."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "512MB",
    "maintenance_work_mem": "512MB",
    "max_parallel_maintenance_workers": "0",
    "fsync": "off",
    "jit": "off",
}


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Start a cluster in a temporary folder; yield libpq's variables; remove it."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    password = secrets.token_hex(16)
    key = folder / "password"
    key.write_text(password, encoding="utf-8")
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        shutil.chown(key, "postgres")
    data = folder / "data"
    port = _free_port()
    options = " ".join(f"-c {k}='{v}'" for k, v in _SETTINGS.items())
    try:
        _as_server(programs / "initdb", "--pgdata", data, "--username=bench",
                   "--auth=scram-sha-256", "--pwfile", key, "--encoding=UTF8",
                   "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        _as_server(programs / "pg_ctl", "start", "--wait", "--pgdata", data,
                   "--log", folder / "log", "-o", f"-p {port} {options}")  # fmt: skip
        yield {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(port),
            "PGUSER": "bench",
            "PGPASSWORD": password,
            "PGDATABASE": "postgres",
        }
    finally:
        if (data / "postmaster.pid").exists():
            _as_server(programs / "pg_ctl", "stop", "--pgdata", data, "-m", "immediate")
        shutil.rmtree(folder)


def _programs() -> Path:
    """Return the folder of the server's programs, installing them if need be."""
    if not (found := _installed()):
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise RuntimeError("no PostgreSQL server: install Debian's 'postgresql'")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "--yes", "postgresql"]):
            subprocess.run(
                ["apt-get", "--quiet", *arguments],
                check=True,
                env=environment,
                stdout=subprocess.DEVNULL,
            )
        found = _installed()
    return found[-1]


def _installed() -> list[Path]:
    # Debian keeps them out of PATH, one folder a version
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders and (program := shutil.which("initdb")):
        folders = [Path(program).resolve().parent]
    return [folder for folder in folders if (folder / "initdb").exists()]


def _as_server(*command: str | Path) -> None:
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(
        command,
        check=True,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd="/",
        stdout=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
