"""What can be taken away from the pages of other rooms, as files."""
