"""What people who look after the data use: nothing here answers a query.

Each module takes tables and says something about them: what changed between two
versions (`differences`), how much is there (`coverage`), how it stands to another
register (`crosscheck`), and what another source would add (`candidates`). Nothing is
ever written into a table; a person does that.
"""
