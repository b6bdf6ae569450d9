"""Technique 3: exercises and practice in real life."""
