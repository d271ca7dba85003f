"""Pages of a contract that both sides have: the same functions, given another viewer.

`portal.py` puts them behind the room's door, `desk.py` behind the desk's.
"""
