"""The web door: settings, addresses, base templates and the table of errors."""
