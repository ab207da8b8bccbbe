"""Build the wheel, install it in an empty environment, and use it from elsewhere.

Run by ``make check``: what a user installs must carry the data and answer without the
checkout. Prints what it tried; exits non-zero at the first thing that is not so.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from gazetteer.ids import mint_id

ROOT = Path(__file__).parents[1]
NAMES = {
    "the region": ["Artsakh", "Nagorno-Karabakh"],
    "the town": [
        "Stepanakert",
        "Khankendi",
        "Xankəndi",
        "Ханкенди",
        "Ստեփանակերտ",
        "ԽԱՆՔԵՆԴԻ",
        "Khankandi",
        "Stepanakrt",
    ],
}


def run(*command: str | Path, cwd: Path = ROOT, code: int = 0) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        text=True,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode != code:
        sys.exit(f"{command}: exit {done.returncode}, not {code}\n{done.stdout}")
    return done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="gazetteer-wheel-") as name:
        folder = Path(name)
        run(sys.executable, "-m", "build", "--outdir", folder / "dist", ROOT)
        (wheel,) = (folder / "dist").glob("*.whl")
        print(f"built {wheel.name}, {wheel.stat().st_size / 1024:.0f} KiB")
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / "bin" / "python"
        run(python, "-m", "pip", "install", "--quiet", wheel)
        run(
            python,
            "-c",
            "import pathlib, gazetteer; "
            "assert 'site-packages' in pathlib.Path(gazetteer.__file__).parts",
            cwd=folder,
        )
        run(
            python,
            "-c",
            "import sys, gazetteer.tables as t; assert t.find_store(); "
            "from gazetteer import Gazetteer; g = Gazetteer.load(); "
            "assert g.resolve('Khankendi').match; assert len(list(g)) == len(g) > 100; "
            "assert 'numpy' not in sys.modules, 'it compiled something'",
            cwd=folder,
        )
        program = python.with_name("gazetteer")
        for what, names in NAMES.items():
            lines = run(program, "resolve", *names, "--json", cwd=folder).splitlines()
            answers = [json.loads(line) for line in lines]
            ids = {answer["place_id"] for answer in answers}
            if len(ids) != 1 or None in ids:
                sys.exit(f"{what}: {names} have the ids {ids}")
            methods = ", ".join(answer["method"] for answer in answers)
            print(f"{what}: {len(names)} names, one id ({methods})")
        run(program, "resolve", "Karabakh", cwd=folder, code=1)
        run(program, "resolve", "Mechelen", "Springfield", cwd=folder, code=1)
        print(run(program, "label", "Stepanakert", cwd=folder).strip())
        house = folder / "house"
        house.mkdir()
        head = (ROOT / "data" / "names.csv").read_text("utf-8").partition("\n")[0]
        for place_id, code in ((answers[0]["place_id"], 0), (mint_id("gz"), 1)):
            row = f"{mint_id('nm')},{place_id},Our Name,en,full,,,,,,geonames,"
            (house / "names.csv").write_text(f"{head}\n{row}\n", "utf-8")
            run(program, "check", "--overlay", house, cwd=folder, code=code)
        if "gazetteer render" not in run(program, "demo", cwd=folder):
            sys.exit("the demo shows no rendering")
        print("the built wheel works in an empty environment")


if __name__ == "__main__":
    main()
