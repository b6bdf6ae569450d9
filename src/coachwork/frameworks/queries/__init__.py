"""What can be aimed for and worked on: found, listed and read."""

from coachwork.frameworks.queries.frameworks import (
    Carried,
    authoring,
    carried,
    competencies,
    competency,
    framework,
    frameworks,
    import_run,
    import_runs,
    version_after,
    version_before,
    writable,
)
from coachwork.frameworks.queries.roles import (
    Portrait,
    concept,
    concept_by_code,
    ratings_behind,
    role,
    roles,
)
from coachwork.frameworks.queries.search import Hit, search

__all__ = [
    "Carried",
    "Hit",
    "Portrait",
    "authoring",
    "carried",
    "competencies",
    "competency",
    "concept",
    "concept_by_code",
    "framework",
    "frameworks",
    "import_run",
    "import_runs",
    "ratings_behind",
    "role",
    "roles",
    "search",
    "version_after",
    "version_before",
    "writable",
]
