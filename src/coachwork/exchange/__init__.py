"""Moving a person's record: export, erasure and the demo."""
