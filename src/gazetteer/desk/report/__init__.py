"""A rendered text as one HTML page that explains itself.

`passages` marks the mentions in the text, `page` puts the parts together, `atlas` draws
the places on a map of land alone, `markup` writes HTML. The page needs no network and
no script: it can be mailed, printed and read aloud.
"""

from __future__ import annotations

from gazetteer.desk.report.page import html_report

__all__ = ["html_report"]
