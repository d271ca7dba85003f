"""Pages staff see about clients and their people."""
