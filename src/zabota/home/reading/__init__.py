"""What Today and the room are made of: rows read at once and formatted once."""
