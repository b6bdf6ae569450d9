"""Coachwork: develop career skills through coaching, one evidence ledger under ten techniques."""

__version__ = "0.1.0"
