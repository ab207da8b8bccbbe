"""Which names of a text a perspective would not have, and which nobody can follow.

`rules` says what is looked for, `examine` looks at one text, `comparing` looks at all
its names together, `ignoring` leaves out what a comment allows, `config` reads what a
project wants, `formats` writes findings as text, JSON, for GitHub and as SARIF.
"""

from __future__ import annotations

from gazetteer.desk.lint.config import Config, ConfigError, read_config
from gazetteer.desk.lint.examine import LintOptions, examine, examine_document
from gazetteer.desk.lint.formats import FORMATS, write_findings
from gazetteer.desk.lint.rules import RULES, Finding, Fix, Rule

__all__ = [
    "FORMATS",
    "RULES",
    "Config",
    "ConfigError",
    "Finding",
    "Fix",
    "LintOptions",
    "Rule",
    "examine",
    "examine_document",
    "read_config",
    "write_findings",
]
