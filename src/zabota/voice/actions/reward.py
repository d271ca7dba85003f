"""What everybody has who was thanked for a mention: the same, whatever they wrote.

Nothing of what an author thought of us comes in here: the reward is a rule over a client and a
mark, and there is no argument for anything else. It is one for all: points, a thing or a discount.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import hold_together
from zabota.clients.models import Client, ClientKind, Contact
from zabota.goodwill.actions import Given, check_by_rule, give_by_rule
from zabota.goodwill.models import GiftKind
from zabota.journal.actions import record
from zabota.journal.models import Entry
from zabota.loyalty.actions import earn_points
from zabota.loyalty.models import Occasion
from zabota.loyalty.reading.earning import gains
from zabota.loyalty.rules import may_have_points
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand
from zabota.voice.entries import MENTION_REWARDED
from zabota.voice.models import Manners, Mention
from zabota.voice.rules import may_reward_author


def reward_author(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows thanks, once the author is known: by the firm's rule for a mention, if there is
    one. Before the thanks there is none, and nobody hears of it.
    """
    return int(_reward(entry.facts["mention"], by=by, at=at))


def reward_now(mention: Mention, *, by: StaffViewer, at: datetime) -> bool:
    """One tap, where it could not be given after the thanks: none was left, or the law stood in the
    way. Whether this tap gave it: twice is once. Refused, saying why, where it still cannot be.
    """
    demand(may_reward_author(by, mention))
    if _reward(mention.pk, by=by.user, at=at):
        return True
    if Mention.objects.filter(pk=mention.pk, rewarded_at__isnull=False).exists():
        return False
    why = why_no_reward(mention.case.client.whole, at=at)
    raise Refused("no_reward", why or _("The firm gives nothing for a mention."))


@transaction.atomic
def _reward(number: int, *, by: User | None, at: datetime) -> bool:
    held = hold_together(number)[number]
    due = Mention.objects.filter(
        pk=number, thanked_at__isnull=False, confirmed_at__isnull=False, rewarded_at=None,
        case__root=None,
    )  # fmt: skip
    client = Client.objects.filter(cases__mention__in=due).select_related("root").first()
    if client is None or not give_reward(client.whole, f"mention:{number}", by=None, at=at):
        return False
    Mention.objects.filter(pk=number).update(rewarded_at=at)
    record(held.stream, MENTION_REWARDED, by=by.pk if by else None, at=at, mention=number)
    return True


def give_reward(client: Client, mark: str, *, by: None, at: datetime) -> bool:
    """Whether there was one: the firm's present, where it has set one; else by the rules of points
    for a mention, once by this mark.
    """
    manners = _present_set()
    if manners is None:
        return earn_points(client, occasion=Occasion.MENTION, mark=mark, by=by, at=at) is not None
    if _is_closed_to(client):
        return False
    try:
        give_by_rule(_present(manners, client), by=None, at=at)
    except Refused:
        return False
    return True


def why_no_reward(client: Client, *, at: datetime) -> str | None:
    """Why nothing can be given to this client now, in words; empty where it can be. None where the
    firm gives nothing for a mention.
    """
    manners = _present_set()
    if manners is None:
        day = at.astimezone(zone_of(current_firm())).date()
        if not gains(client, Occasion.MENTION, day, None, None):
            return None
        return "" if may_have_points(client) else gettext("They may have no points here.")
    if _is_closed_to(client):
        return gettext("The firm gives companies nothing of value until it switches that on.")
    try:
        check_by_rule(_present(manners, client), at=at)
    except Refused as refused:
        return str(refused)
    return ""


def _present_set() -> Manners | None:
    """The firm's terms, where they name a thing or a discount."""
    manners = Manners.objects.select_related("good").filter(pk=1).first()
    named = manners is not None and (manners.good is not None or manners.percent is not None)
    return manners if named else None


def _is_closed_to(client: Client) -> bool:
    return client.kind == ClientKind.COMPANY and not current_firm().thanks_companies


def _present(manners: Manners, client: Client) -> Given:
    """A thing or a discount; of a company it is the company's."""
    people = Contact.objects.of_whole(client.pk).filter(removed_at=None).order_by("pk")
    with override(current_firm().language):
        occasion = gettext("for telling of us")
    return Given(
        kind=GiftKind.DISCOUNT if manners.good is None else GiftKind.GOODS, occasion=occasion,
        client=client, contact=None if client.kind == ClientKind.COMPANY else people.first(),
        good=manners.good, percent=manners.percent, cost=manners.most,
    )  # fmt: skip
