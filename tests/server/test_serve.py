"""What `gazetteer serve` takes from the server, and what it needs for that."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click import Option

from gazetteer.cli.serve import serve
from gazetteer.server import Settings


def test_what_no_option_says_is_what_the_settings_say() -> None:
    usual = {
        each.name: each.default for each in serve.params if isinstance(each, Option)
    }
    of = Settings()
    assert [usual[name] for name in ("lang", "public_url", "max_queries")] == [
        of.lang, of.public_url, of.most_queries,
    ]  # fmt: skip
    assert (usual["max_bytes"], usual["timeout"]) == (of.most_bytes, of.seconds)


def test_the_help_needs_no_extra_and_loads_no_server() -> None:
    program = (
        "import sys\n"
        "for name in ('fastapi', 'starlette', 'uvicorn', 'jinja2', 'pydantic'):\n"
        "    sys.modules[name] = None\n"
        "from gazetteer.cli import main\n"
        "main(['serve', '--help'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "--max-queries" in done.stdout


@pytest.mark.parametrize("missing", ["uvicorn", "fastapi", "jinja2"])
def test_without_the_extra_it_is_named(missing: str) -> None:
    program = (
        "import sys\n"
        f"sys.modules[{missing!r}] = None\n"
        "from gazetteer.cli import main\n"
        "main(['serve', '--port', '0'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "gazetteer[serve]" in done.stderr
    assert "Traceback" not in done.stderr
