"""What another source would add to the data: rows for a person to look at.

Each place of the source is compared with the data, each of its names with the names of
the place that it is here. What comes out is a list of candidates with the reason of
each; nothing is written into a table.
"""

from gazetteer.curation.candidates.candidate import (
    HEADER,
    STATUSES,
    Candidate,
    Tally,
    tally,
)
from gazetteer.curation.candidates.compare import candidates

__all__ = ["HEADER", "STATUSES", "Candidate", "Tally", "candidates", "tally"]
