"""Pages of our people about points."""
