"""Orders in the room: the list, one order with its papers, delays, debt."""
