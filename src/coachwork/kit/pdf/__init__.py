"""Accessible PDF files (PDF/UA-1) from a template of ours and plain values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from coachwork.kit.pdf.drawings import on_paper
from coachwork.kit.pdf.typesetting import pages, typeset

__all__ = ["on_paper", "pages", "render"]


def render(template: str, values: Mapping[str, Any], *, language: str, at: datetime) -> bytes:
    """The PDF of `<room>/templates/<room>/<name>.typ` with these values, the same each time."""
    return typeset(template, values, language=language, at=at)
