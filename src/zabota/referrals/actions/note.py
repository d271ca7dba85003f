"""One of ours heard who recommended us: by word of mouth, without any of our tools."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from zabota.cases.actions import next_number, open_case
from zabota.cases.models import Case
from zabota.clients.actions.held import held_client
from zabota.clients.models import Client, Contact, Purchase
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm, zone_of
from zabota.people.refusal import Refused
from zabota.referrals.actions.purchases import notice_bought
from zabota.referrals.actions.talk import talk_to_friend
from zabota.referrals.entries import NOTED
from zabota.referrals.models import (
    LinkKind,
    Referral,
    ReferralLink,
    ReferralState,
    Shares,
    ShownAs,
    Tool,
    Wish,
)
from zabota.referrals.rules import may_note_referral


@transaction.atomic
def note_referral(
    friend: Client,
    recommender: Contact,
    *,
    by: StaffViewer,
    at: datetime,
    shares: str = Shares.NOTHING,
    note: str = "",
) -> Referral:
    """A client told us who sent them: from now on it goes as any other recommendation. Whoever was
    sent by somebody already was not sent a second time.
    """
    if not may_note_referral(by, current_firm()):
        raise PermissionDenied
    held_client(friend.whole_id)
    friend = friend.whole
    contact = _check(friend, recommender)
    case = _open_case(friend, by, at)
    referral = Referral.objects.create(
        case=case, link=_link(recommender, at), recommender=recommender.client.whole,
        contact=contact, tool=Tool.WORD, wish=Wish.SELF, was_client=_bought(friend, at),
    )  # fmt: skip
    record(
        case.stream, NOTED, by=by.user.pk, at=at, referral=case.pk, client=friend.pk,
        contact=contact.pk,
    )  # fmt: skip
    referral = talk_to_friend(referral, by=by, at=at, shares=shares, note=note)
    notice_bought(referral, by=None, at=at)
    return referral


def _check(friend: Client, recommender: Contact) -> Contact:
    """Whom of theirs we heard it from; Refused where it cannot be."""
    if recommender.client.whole_id == friend.pk:
        raise Refused("same", _("Nobody is sent to us by themselves: choose another client."))
    if Referral.objects.came_of(friend.pk).holding().exists():
        raise Refused("came", _("It is known already who recommended us to them."))
    contact = Contact.objects.of_whole(friend.pk).filter(removed_at=None).order_by("pk").first()
    if contact is None:
        raise Refused("nobody", _("Add a person to this client first: somebody told us of it."))
    return contact


def _bought(friend: Client, at: datetime) -> bool:
    """Who bought before the day on which we heard it may have come by themselves: then a person
    looks before anybody is thanked.
    """
    today = at.astimezone(zone_of(current_firm())).date()
    cards = Client.objects.whole_of(friend.pk).values("pk")
    return Purchase.objects.filter(client__in=cards, day__lt=today).exists()


def _link(recommender: Contact, at: datetime) -> ReferralLink:
    """What was said aloud has no address: a row for whose word it was, that leads nowhere."""
    return ReferralLink.objects.create(
        kind=LinkKind.WORD, client=recommender.client, contact=recommender,
        shown_as=ShownAs.NOBODY, made_at=at, revoked_at=at,
    )  # fmt: skip


def _open_case(friend: Client, by: StaffViewer, at: datetime) -> Case:
    year, number = next_number("referral", by=by, at=at)
    with override(current_firm().language):
        title = pgettext("title of a case", "Came by recommendation")
    return open_case(
        "referral", by=by.user, at=at, number=f"РК-{year}-{number:05d}", title=title, client=friend,
        owner=friend.owner, state=ReferralState.RECEIVED, audience="ours",
    )  # fmt: skip
