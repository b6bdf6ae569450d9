"""Pages about people: accounts, helpers, shares, organisations."""
