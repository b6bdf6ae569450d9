"""Domain-free helpers, one noun a file."""
