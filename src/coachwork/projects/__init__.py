"""Technique 8: goal-oriented projects with tangible results."""
