"""Technique 1: skills assessment."""
