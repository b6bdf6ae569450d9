"""Engagements, agreements, sessions and the coach's cockpit."""
