"""Technique 9: commitments, check-ins and support."""
