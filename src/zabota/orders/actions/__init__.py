"""The verbs of orders: the only writer."""
