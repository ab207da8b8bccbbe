"""What is held, in the formats of others.

Each writer says what its format cannot carry, kind by kind and how often: nothing is
dropped in silence. What it does carry comes back by `gazetteer.formats`, which reads
the same formats.
"""

from gazetteer.exchange.export import FORMATS, export
from gazetteer.exchange.losses import Loss, Losses
from gazetteer.exchange.options import ExportOptions

__all__ = ["FORMATS", "ExportOptions", "Loss", "Losses", "export"]
