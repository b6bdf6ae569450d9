"""Competencies, behaviours, anchors, role profiles, and the catalogues they come from."""
