"""What pages show of requests, read for one viewer."""
