"""The types of this project from the feature codes of GeoNames.

Codes: https://www.geonames.org/export/codes.html. Where a code does not tell a city
from a town or village the population does, by the thresholds of the Degree of
Urbanisation (United Nations Statistical Commission, 2020): 50,000 and 5,000.
"""

from __future__ import annotations

from typing import Final

__all__ = ["COUNTRY_CODES", "type_of_feature", "type_of_population"]

# Of the political entities those that stand for a country code; the first in this order
# is taken where several have one code.
COUNTRY_CODES: Final = ("PCLI", "PCLD", "PCLF", "PCLS", "PCLIX", "PCL", "TERR")

# The undersea class is relief and the vegetation class land; the model has neither.
_CLASSES: Final = {
    "A": ("admin-unit", "A"),
    "H": ("water", "H"),
    "L": ("region", "L"),
    "P": ("", "P"),
    "R": ("facility", "R"),
    "S": ("facility", "S"),
    "T": ("landform", "T"),
    "U": ("landform", "T"),
    "V": ("landform", "L"),
}
_UNKNOWN: Final = ("region", "L")

_SETTLEMENTS: Final = {
    "PPLC": "city",
    "PPLCH": "city",
    "PPLG": "city",
    "PPLA": "city",
    "PPLA2": "town",
    "PPLA3": "town",
    "PPLA4": "town",
    "PPLA5": "town",
    "PPLX": "district",  # a section of a populated place
}
_SIZES: Final = ("village", "town", "city")
_CITY: Final = 50_000
_TOWN: Final = 5_000


def type_of_population(population: int) -> str:
    """Return city, town or village by the number of people.

    Examples:
        >>> [type_of_population(people) for people in (700, 7_000, 70_000)]
        ['village', 'town', 'city']
    """
    if population >= _CITY:
        return "city"
    return "town" if population >= _TOWN else "village"


def type_of_feature(fclass: str, code: str, population: int) -> tuple[str, str]:
    """Return the type and the feature class of a GeoNames feature.

    A settlement has the larger of the types by its code and by its population.

    Examples:
        >>> type_of_feature("P", "PPLA2", 0)
        ('town', 'P')
        >>> type_of_feature("P", "PPLA2", 200_000)
        ('city', 'P')
        >>> type_of_feature("A", "PCLI", 0)
        ('country', 'A')
        >>> type_of_feature("H", "STM", 0)
        ('water', 'H')
    """
    kind, known = _CLASSES.get(fclass, _UNKNOWN)
    if known == "A" and code.startswith("PCL"):
        return "country", known
    if known != "P":
        return kind, known
    by_code = _SETTLEMENTS.get(code, "village")
    if by_code == "district":
        return by_code, known
    by_people = type_of_population(population)
    return max(by_code, by_people, key=_SIZES.index), known
