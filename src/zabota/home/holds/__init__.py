"""Pages of goods kept for clients: they look at orders, contracts and promises together."""
