"""Input to clean values; nothing here saves."""
