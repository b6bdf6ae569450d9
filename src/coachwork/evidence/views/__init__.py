"""Pages of the ledger, of levels, of the aim and its gaps."""
