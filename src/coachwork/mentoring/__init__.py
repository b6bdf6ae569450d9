"""Technique 5: mentorship and networking."""
