"""Pages of mentions for our people."""
