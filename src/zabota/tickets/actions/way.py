"""By which way words reach the client."""

from django.utils.translation import gettext_lazy as _

from zabota.people.refusal import Refused
from zabota.tickets.models import Ticket
from zabota.tickets.reach import ONE_WAY, last_channel, ways_to_answer


def way_to_say(ticket: Ticket, channel: str) -> str:
    """The way somebody chose, else the one the client used last. Whoever called, or wrote by a
    form, is written to by another; where there is none, the promise of a first reply would be kept
    by words nobody hears.
    """
    way = channel or last_channel(ticket)
    if way not in ONE_WAY:
        return way
    ways = ways_to_answer(ticket)
    if not ways:
        raise Refused(
            "out_of_reach",
            _(
                "Nothing written reaches this client: call them and write down what was said, or"
                " add an e-mail to their card."
            ),
        )
    return ways[0].channel
