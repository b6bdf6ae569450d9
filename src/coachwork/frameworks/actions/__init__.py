"""Frameworks are drafted, published and retired; catalogues are imported; roles are adopted."""

from coachwork.frameworks.actions.importing import import_file

__all__ = ["import_file"]
