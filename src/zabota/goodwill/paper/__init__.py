"""What goodwill prints; plain Python."""
