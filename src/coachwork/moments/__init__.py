"""Technique 11: daily life, the home page and the week."""
