"""The pages of this room: finding, reading, writing and importing."""
