"""The verbs of goodwill: the only writer."""
