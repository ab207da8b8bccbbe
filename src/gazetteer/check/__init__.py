"""Doubt everything about a directory of tables, and say what would be right.

The reader of `gazetteer.tables` is fast because this has been run before it: on the
shipped data before every release, on a user's directory whenever it is loaded.
"""

from gazetteer.check.directory import check_directory

__all__ = ["check_directory"]
