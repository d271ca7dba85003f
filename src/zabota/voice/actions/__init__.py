"""The verbs of voice: the only writer."""
