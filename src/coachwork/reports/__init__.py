"""Read-only pages over many people, charts and documents."""
