"""What people type about our staff and the firm, made into clean values."""
