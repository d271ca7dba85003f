"""Requests and problems: what a client asks of us, who has it, what was said, how it ended.

Words: обращение Ticket, its type, priority, реплика Remark, исход outcome. Neighbours: a ticket is
the other half of a `cases.Case`; contracts stand above.
"""
