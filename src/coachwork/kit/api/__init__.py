"""What the JSON doors of all rooms share: shapes, pages with cursors, and tags for safe edits."""

from coachwork.kit.api.cursors import LIMIT, Cursor, Limit, page_of
from coachwork.kit.api.shapes import In, Level, Line, Out, Page, Text, one_of
from coachwork.kit.api.tags import IfMatch, NoTag, check_tag, tag, tagged

__all__ = [
    "LIMIT",
    "Cursor",
    "IfMatch",
    "In",
    "Level",
    "Limit",
    "Line",
    "NoTag",
    "Out",
    "Page",
    "Text",
    "check_tag",
    "one_of",
    "page_of",
    "tag",
    "tagged",
]
