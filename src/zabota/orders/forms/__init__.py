"""What people type about orders and what is kept for clients, made into clean values."""
