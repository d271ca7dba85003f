"""What everybody has who was thanked for a mention: the same, whatever they wrote.

Nothing of what an author thought of us comes in here: the reward is a rule over a client and a
mark, and there is no argument for anything else. It is one for all: points, a thing or a discount.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, override

from zabota.cases.actions import hold_together
from zabota.clients.models import Client, ClientKind, Contact
from zabota.goodwill.actions import Given, give_by_rule
from zabota.goodwill.models import GiftKind
from zabota.journal.actions import record
from zabota.journal.models import Entry
from zabota.loyalty.actions import earn_points
from zabota.loyalty.models import Occasion
from zabota.people.firm import current_firm
from zabota.people.refusal import Refused
from zabota.voice.entries import MENTION_REWARDED
from zabota.voice.models import Manners, Mention


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
    """Whether there was one: the firm's present, where it has set one; else by the rules of points
    for a mention, once by this mark.
    """
    manners = Manners.objects.select_related("good").filter(pk=1).first()
    if manners is not None and (manners.good is not None or manners.percent is not None):
        return _present(manners, client, at)
    return earn_points(client, occasion=Occasion.MENTION, mark=mark, by=by, at=at) is not None


def _present(manners: Manners, client: Client, at: datetime) -> bool:
    """A thing or a discount; nothing where the law, or the firm's own limits, do not let us, or
    none is left. Of a company it is the company's, where the firm thanks companies.
    """
    company = client.kind == ClientKind.COMPANY
    if company and not current_firm().thanks_companies:
        return False
    people = Contact.objects.of_whole(client.pk).filter(removed_at=None).order_by("pk")
    with override(current_firm().language):
        occasion = gettext("for telling of us")
    what = Given(
        kind=GiftKind.DISCOUNT if manners.good is None else GiftKind.GOODS, occasion=occasion,
        client=client, contact=None if company else people.first(), good=manners.good,
        percent=manners.percent, cost=manners.most,
    )  # fmt: skip
    try:
        give_by_rule(what, by=None, at=at)
    except Refused:
        return False
    return True
