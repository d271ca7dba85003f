"""Who may do what with orders, invoices and what is kept for a client."""
