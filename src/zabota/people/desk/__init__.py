"""Pages staff see about our people and the firm."""
