"""What is typed about gifts, budgets and thanks; never saves."""
