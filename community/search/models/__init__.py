"""The index, and what people look for in it."""

from community.search.models.index import Document, Figures, Meaning, Relative, Stem, Word
from community.search.models.needs import Need, NeedAnswer, NeedDay

__all__ = ["Document", "Figures", "Meaning", "Need", "NeedAnswer", "NeedDay", "Relative", "Stem", "Word"]
