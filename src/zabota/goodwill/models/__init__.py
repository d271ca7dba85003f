"""Tables of goodwill."""
