"""Orders on the desk: the list, one order, what is done with it, payments, delays, acts."""
