"""Figures: every quantity that a text states, in digits or in words, with what it counts.

Pure functions of one paragraph: no model, no state. The vocabularies are in `seeds/reference`.
"""

from archive.extraction.figures.finder import find_figures
from archive.extraction.figures.refusals import Refusal, find_refusals

__all__ = ["Refusal", "find_figures", "find_refusals"]
