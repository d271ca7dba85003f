"""The index by which requests are found, over the words of each (`TicketWords`)."""

from typing import Final

from zabota.common.said_index import SaidIndex

FOUND: Final = SaidIndex("tickets_ticketwords", "ticket_id", "tickets_ticketfound", grows=True)
# Before the words of each line stands which it is.
LINE: Final = "l"
