"""What is typed about mentions and where they come from, made into clean values; never saves."""
