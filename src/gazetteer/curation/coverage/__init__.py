"""How much there is in the data: counted, drawn, and compared between the sides.

A side is what disputes.csv and perspectives.toml say it is: the parties of a dispute
for whom one chain speaks. What is counted of one side is counted of each.
"""

from gazetteer.curation.coverage.figures import Coverage, Figures
from gazetteer.curation.coverage.measure import measure
from gazetteer.curation.coverage.picture import draw
from gazetteer.curation.coverage.report import coverage_page

__all__ = ["Coverage", "Figures", "coverage_page", "draw", "measure"]
