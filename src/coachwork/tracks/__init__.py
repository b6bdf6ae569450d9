"""Technique 7: behaviour tracks for soft skills."""
