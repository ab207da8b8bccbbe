"""Fields of JSON and CSV: each is a text of its own; the file around them stays."""

from __future__ import annotations

from gazetteer.documents.fields.csvfile import CsvDocument
from gazetteer.documents.fields.jsonfile import JsonDocument

__all__ = ["CsvDocument", "JsonDocument"]
