"""Messages, preferences and the attention budget."""
