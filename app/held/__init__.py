"""Everything that is held about a person, in words, for that person to see and take along."""

from app.held.extract import Fact, Section, as_json, extract
from app.held.tables import LEFT_OUT, TABLES, WHY_NOT

__all__ = ["LEFT_OUT", "TABLES", "WHY_NOT", "Fact", "Section", "as_json", "extract"]
