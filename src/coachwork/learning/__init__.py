"""Technique 6: continual learning."""
