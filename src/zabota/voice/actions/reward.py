"""What everybody has who was thanked for a mention: the same, whatever they wrote.

Nothing of what an author thought of us comes in here: the reward is a rule over a client and a
mark, and there is no argument for anything else.
"""

from datetime import datetime

from django.db import transaction

from zabota.cases.actions import hold_together
from zabota.clients.models import Client
from zabota.journal.actions import record
from zabota.journal.models import Entry
from zabota.loyalty.actions import earn_points
from zabota.loyalty.models import Occasion
from zabota.voice.entries import MENTION_REWARDED
from zabota.voice.models import Mention


@transaction.atomic
def reward_author(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows thanks, once the author is known: by the firm's rule for a mention, if there is
    one. Before the thanks there is none, and nobody hears of it.
    """
    number = entry.facts["mention"]
    held = hold_together(number)[number]
    due = Mention.objects.filter(
        pk=number, thanked_at__isnull=False, confirmed_at__isnull=False, rewarded_at=None,
        case__root=None,
    )  # fmt: skip
    client = Client.objects.filter(cases__mention__in=due).select_related("root").first()
    if client is None or not give_reward(client.whole, f"mention:{number}", by=by, at=at):
        return 0
    Mention.objects.filter(pk=number).update(rewarded_at=at)
    record(held.stream, MENTION_REWARDED, by=None, at=at, mention=number)
    return 1


def give_reward(client: Client, mark: str, *, by: None, at: datetime) -> bool:
    """Whether there was one: by the rules of points for a mention, once by this mark."""
    return earn_points(client, occasion=Occasion.MENTION, mark=mark, by=by, at=at) is not None
