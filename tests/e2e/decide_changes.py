"""Let LibreOffice accept or reject all tracked changes of a document, as an editor does.

Run by the Python that LibreOffice's own modules are installed for, not by that of the
tests: ``python3 decide_changes.py accept|reject FILE TEXT``. What is left of the text is
written to TEXT.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

COMMANDS = {"accept": "AcceptAllTrackedChanges", "reject": "RejectAllTrackedChanges"}
PIPE = f"gazetteer-{time.monotonic_ns()}"


def option(name: str, value: object) -> PropertyValue:
    """Return a named argument of LibreOffice."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect() -> Any:
    """Return the service manager of the running LibreOffice, and its context."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(120):
        try:
            return resolver.resolve(
                f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext"
            )
        except NoConnectException:
            time.sleep(0.5)
    sys.exit("LibreOffice does not answer")


def main() -> None:
    command, file, text = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with tempfile.TemporaryDirectory(prefix="gazetteer-office-") as profile:
        start = [
            "soffice",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={PIPE};urp;",
        ]
        place = f"-env:UserInstallation={Path(profile).as_uri()}"
        office = subprocess.Popen([*start, place])
        try:
            context = connect()
            create = context.ServiceManager.createInstanceWithContext
            desktop = create("com.sun.star.frame.Desktop", context)
            hidden = (option("Hidden", True),)  # noqa: FBT003
            document = desktop.loadComponentFromURL(
                file.resolve().as_uri(), "_blank", 0, hidden
            )
            frame = document.CurrentController.Frame
            dispatcher = create("com.sun.star.frame.DispatchHelper", context)
            dispatcher.executeDispatch(frame, f".uno:{COMMANDS[command]}", "", 0, ())
            as_text = (
                option("FilterName", "Text (encoded)"),
                option("FilterOptions", "UTF8"),
            )
            document.storeToURL(text.resolve().as_uri(), as_text)
            document.close(True)  # noqa: FBT003
            desktop.terminate()
            office.wait(timeout=60)
        finally:
            office.kill()


if __name__ == "__main__":
    main()
