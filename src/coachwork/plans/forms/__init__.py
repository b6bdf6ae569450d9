"""What a person types into goals and plans."""
