"""Technique 10: journal, insights and self-checks."""
