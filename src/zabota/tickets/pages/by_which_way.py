"""By which way an answer reaches the client, and what to do where none does."""

from datetime import datetime
from typing import Any

from zabota.tickets.actions.talk import ANSWER, CALL
from zabota.tickets.models import Channel, Ticket
from zabota.tickets.reach import looks_at_chat, number_to_call, ways_of
from zabota.tickets.reading.there import There


def by_which_way(ticket: Ticket, there: There, at: datetime) -> dict[str, Any]:
    """The ways there are; whoever only called, or left a chat without an address, may have left a
    number to call.
    """
    last = there.channel or ticket.channel
    ways = ways_of(ticket, last, there.bot)
    in_chat = ticket.contact is not None and [way.channel for way in ways] == [Channel.CHAT]
    left = in_chat and ticket.contact is not None and not looks_at_chat(ticket.contact, at)
    return {
        "ways": ways,
        "last_way": last,
        "how": ANSWER if ways else CALL,
        "out_of_reach": not ways,
        "left_chat": left,
        "number": number_to_call(ticket) if left or not ways else "",
    }
