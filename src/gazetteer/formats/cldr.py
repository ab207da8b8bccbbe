"""The names of countries and territories in CLDR's JSON, language by language.

Source: https://github.com/unicode-org/cldr-json, the package cldr-localenames-full (or
-modern): ``main/<locale>/territories.json``. Regions of several countries and the codes
that only test software are left out.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar, Final

from gazetteer.formats.building import (
    country_code,
    link,
    place,
    tidy_name,
    toponym,
    usage,
)
from gazetteer.formats.faults import SourceError
from gazetteer.formats.identifiers import place_id_of
from gazetteer.formats.inputs import no_progress
from gazetteer.formats.reader import Reader
from gazetteer.model import Authority, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gazetteer.formats.faults import Faults
    from gazetteer.formats.inputs import Progress
    from gazetteer.ids import PlaceId
    from gazetteer.model import Place, Toponym

__all__ = ["Cldr", "territory_files"]

_CLDR: Final = "cldr"
_FILE: Final = "territories.json"
_KEY: Final = re.compile(r"([A-Z]{2})(?:-alt-(\w+))?")
_FORMS: Final = {"short": "short"}
# no places: unknown, pseudo-locales, groups of states
_NO_PLACES: Final = frozenset({"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"})


def territory_files(path: Path) -> list[Path]:
    """Return the files of a directory of the package, or the one file that it is."""
    if path.name == _FILE and path.is_file():
        return [path]
    return sorted([*path.glob(f"main/*/{_FILE}"), *path.glob(f"*/{_FILE}")])


class Cldr(Reader):
    """One place for each code of ISO 3166-1, and the codes that CLDR adds."""

    format: ClassVar[str] = "cldr"

    def __init__(self, paths: Sequence[Path], faults: Faults | None = None) -> None:
        """Read nothing yet.

        Args:
            paths: directories of the package, or files of it.
            faults: where faults are gathered.

        Raises:
            SourceError: if there is no file of territories.
        """
        super().__init__(faults)
        self._files = [file for path in paths for file in territory_files(path)]
        if not self._files:
            raise SourceError(str(paths[0]), f"it has no main/<locale>/{_FILE}")
        self.version = _version(paths[0])
        title = f"Unicode CLDR {self.version}".strip()
        url = "https://cldr.unicode.org/"
        self.sources = {_CLDR: Source(_CLDR, title, url, "", "", "Unicode-3.0", _CLDR)}
        self.authorities = {_CLDR: Authority(_CLDR, "Unicode CLDR", "register", "")}

    def places(self, progress: Progress = no_progress) -> Iterator[Place]:
        """Yield the places; see `Reader.places`."""
        names: defaultdict[str, dict[tuple[str, str, str], None]] = defaultdict(dict)
        known: dict[str, dict[str, str]] = {}
        for count, file in enumerate(self._files, start=1):
            known.update(self._territories(file))
            progress("reading locales", count, count / len(self._files), "files")
        for locale in sorted(known):
            self._take(locale, known, names)
        for code in sorted(names):
            place_id = _place_id(code)
            rows = [
                _toponym(place_id, number, *each)
                for number, each in enumerate(names[code], start=1)
            ]
            assigned = country_code(code)
            scheme = "iso3166-1" if assigned else "iso3166-1-user"
            links = [link(place_id, scheme, code, _CLDR)]
            if assigned:
                links.append(link(place_id, "iso3166-1-alpha-3", assigned[1], _CLDR))
            yield place(place_id, "country", "A", toponyms=rows, links=links)
        self.faults.settle()

    def _territories(self, file: Path) -> Iterator[tuple[str, dict[str, str]]]:
        try:
            value = json.loads(file.read_text("utf-8-sig"))
            for locale, row in value["main"].items():
                yield locale, row["localeDisplayNames"]["territories"]
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
            self.faults.error(str(file), 0, "", "", "bad-json", str(error))
        except (KeyError, TypeError, AttributeError) as error:
            message = f"not as CLDR has it: no {error}"
            self.faults.error(str(file), 0, "", "", "not-cldr", message)

    def _take(
        self,
        locale: str,
        known: dict[str, dict[str, str]],
        names: dict[str, dict[tuple[str, str, str], None]],
    ) -> None:
        """Take the names of a locale that are not those of its language anyway."""
        above = known.get(locale.rpartition("-")[0], {})
        for key, text in sorted(known[locale].items()):
            match = _KEY.fullmatch(key)
            if match is None or match[1] in _NO_PLACES:
                if match is None and not key[:3].isdigit():
                    message = "keys of another form were left out"
                    self.faults.warn(locale, 0, "", key, "other-key", message)
                continue
            name = tidy_name(str(text))
            # a territory without a name in a language has its code for one
            if name and name != match[1] and above.get(key) != text:
                names[match[1]].setdefault((name, locale, match[2] or ""))


def _place_id(code: str) -> PlaceId:
    return place_id_of("iso3166-1" if country_code(code) else "iso3166-1-user", code)


def _toponym(
    place_id: PlaceId, number: int, name: str, locale: str, alt: str
) -> Toponym:
    name_id = f"{place_id}-{number}"
    note = f"alternative: {alt}" if alt else ""
    return toponym(
        name_id,
        place_id,
        name,
        (_CLDR,),
        lang=locale,
        form=_FORMS.get(alt, "full"),
        note=note,
        usages=(usage(name_id, _CLDR, _CLDR, note),),
    )


def _version(path: Path) -> str:
    """Return the version that the package states, empty if it states none."""
    package = path / "package.json"
    if not package.is_file():
        return ""
    try:
        value: Any = json.loads(package.read_text("utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return str(value.get("version", "")) if isinstance(value, dict) else ""
