"""Their side: companies and persons, their people, ways to reach them, roles in the room.

Words: клиент Client, контактное лицо Contact, способ связи ContactPoint, кабинет (the room).
Neighbours: below is people; cases stand above.
"""
