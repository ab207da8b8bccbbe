"""schemathesis against the service's own OpenAPI: no error of the server, and no shape,
status or kind of content that is not described."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from served import gazetteer

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="gazetteer-api-") as folder,
        gazetteer(Path(folder) / "serve.log", "--quiet") as address,
    ):
        program = Path(sys.executable).with_name("schemathesis")
        command = [program, "run", f"{address}/openapi.json", "--seed", "1"]
        command += ["--max-examples", "60", "--checks", ",".join(CHECKS)]
        subprocess.run(command, cwd=folder, check=True)


if __name__ == "__main__":
    main()
