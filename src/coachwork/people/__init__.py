"""Accounts, records, organisations, relationships, consent and the permission table."""
