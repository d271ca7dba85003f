"""What pages of orders show, read for one viewer."""
