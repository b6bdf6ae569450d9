"""Technique 4: feedback and evaluation that adjusts the plan."""
