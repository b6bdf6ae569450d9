"""What good looks like: competencies and role profiles, and the catalogues behind them."""

from coachwork.frameworks.models.catalogues import (
    Catalogue,
    Concept,
    ConceptRelation,
    Label,
    Rating,
)
from coachwork.frameworks.models.competencies import Anchor, Behaviour, Competency, Framework
from coachwork.frameworks.models.imports import ImportRun
from coachwork.frameworks.models.index import Entry, Index, Word
from coachwork.frameworks.models.roles import RoleProfile, RoleTarget

__all__ = [
    "Anchor",
    "Behaviour",
    "Catalogue",
    "Competency",
    "Concept",
    "ConceptRelation",
    "Entry",
    "Framework",
    "ImportRun",
    "Index",
    "Label",
    "Rating",
    "RoleProfile",
    "RoleTarget",
    "Word",
]
