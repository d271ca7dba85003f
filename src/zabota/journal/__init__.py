"""The only history: entries in streams, append-only and chained, from which audit, timeline and
outbox are read.

Words: entry (запись), stream, kind, particular, audience. Neighbours: below is common; people
act, so an entry names a user by settings.AUTH_USER_MODEL.
"""
