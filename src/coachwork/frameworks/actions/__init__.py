"""Frameworks are drafted, published and retired; catalogues are imported; roles are adopted."""

from coachwork.frameworks.actions.adopting import adopt_occupation
from coachwork.frameworks.actions.authoring import (
    remove_competency,
    remove_role,
    write_competency,
    write_role,
)
from coachwork.frameworks.actions.content import load_content
from coachwork.frameworks.actions.importing import import_file
from coachwork.frameworks.actions.runs import (
    finish_import,
    move_import,
    request_import,
    take_import,
)
from coachwork.frameworks.actions.versions import (
    delete_draft,
    draft_framework,
    draft_next_version,
    publish,
    retire,
    reword_framework,
)

__all__ = [
    "adopt_occupation",
    "delete_draft",
    "draft_framework",
    "draft_next_version",
    "finish_import",
    "import_file",
    "load_content",
    "move_import",
    "publish",
    "remove_competency",
    "remove_role",
    "request_import",
    "retire",
    "reword_framework",
    "take_import",
    "write_competency",
    "write_role",
]
