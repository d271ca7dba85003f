"""What boards show, each read by one function over a period."""
