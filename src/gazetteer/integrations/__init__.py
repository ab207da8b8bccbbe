"""Columns of names in data frames and engines: one module an engine, one kernel.

Every module does the same three things: it takes the distinct rows of the name and its
context, has `answers` resolve those, and joins the answers back to all rows. So each
gives the same answers, and a name that stands in a million rows is resolved once.

The order of reading: `question` (what is asked), `values` (cells become texts),
`answers` (distinct rows in, columns out), `distinct` and `frames` (pandas, polars and
pyarrow), `pandas` (accessors), `polars` (an expression), `arrow`, `duckdb`, `spark`.

Nothing here is imported by the rest of the package, and no engine before it is used.
"""
