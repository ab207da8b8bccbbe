"""The command line: one command a question, tables for people, JSON for machines.

Exit codes: ``resolve`` and ``check`` 0, or 1 for a name not matched or a fault found;
``batch`` and ``render`` 0 unless ``--fail-on`` says otherwise; any error 2; 141
where whoever read the output went away.
"""

from gazetteer.cli.main import main

__all__ = ["main"]
