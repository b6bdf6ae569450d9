"""Technique 2: goals, outcome ladders, if-then plans and plan items."""
