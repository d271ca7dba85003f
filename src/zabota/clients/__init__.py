"""Their side: companies and persons, their people, how to reach them, and who may do what in the room.

Words: клиент Client, контактное лицо Contact, способ связи ContactPoint, кабинет (the room).
Neighbours: below is people; cases stand above.
"""
