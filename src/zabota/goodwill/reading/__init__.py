"""What pages and actions of goodwill read."""
