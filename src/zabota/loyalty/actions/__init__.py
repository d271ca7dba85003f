"""The verbs of loyalty: the only writer."""
