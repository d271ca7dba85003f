"""What pages and actions of points read."""
