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
    may_write,
    version_after,
    version_before,
    writable,
)
from coachwork.frameworks.queries.roles import (
    Portrait,
    attributions,
    concept,
    concept_by_code,
    ratings_behind,
    role,
    roles,
    roles_of,
)
from coachwork.frameworks.queries.search import Hit, search

__all__ = [
    "Carried",
    "Hit",
    "Portrait",
    "attributions",
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
    "may_write",
    "ratings_behind",
    "role",
    "roles",
    "roles_of",
    "search",
    "version_after",
    "version_before",
    "writable",
]
