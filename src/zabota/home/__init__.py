"""What looks at several domains at once: Today, the room, client pages, the sample firm, the
worker's list.

Words: Сегодня (Today), Кабинет (the room), реакции (what follows an entry in an upper app).
Neighbours: everything is below; nothing imports home.
"""
