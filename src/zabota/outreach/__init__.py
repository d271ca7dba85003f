"""Whatever leaves the house: stored messages, the announcer that makes them of entries, and the
sending.

Words: сообщение Message, the announcer, channel, purpose. Neighbours: below is cases; the domains
stand above.
"""
