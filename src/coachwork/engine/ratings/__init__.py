"""Levels from ratings: the many-facet partial credit model with halo, in time."""
