"""What is remembered of orders, invoices and what is kept for a client."""
