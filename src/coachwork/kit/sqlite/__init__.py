"""SQLite for many writers: a database engine for the settings."""
