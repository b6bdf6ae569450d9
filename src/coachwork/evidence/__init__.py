"""The append-only ledger, level views, agreed levels and gaps."""
