"""Somebody who was sent to us leaves as much of themselves as they wish."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from zabota.cases.actions import Hold, lay_promise, next_number, open_case, set_holders
from zabota.cases.models import Case, Promise
from zabota.cases.moments import REFERRAL_CONTACT
from zabota.clients.actions import add_client, add_contact, give_consent
from zabota.clients.actions.clients import ClientFields
from zabota.clients.actions.held import held_client
from zabota.clients.models import Client, ClientKind, Contact, Purchase
from zabota.journal.actions import record
from zabota.outreach.placing import contacts_reached
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Employee
from zabota.people.refusal import Refused
from zabota.referrals.entries import RECEIVED
from zabota.referrals.models import Referral, ReferralLink, ReferralState, Shares, Tool, Wish
from zabota.referrals.wishes import NotWorking, due_on, due_soon

WEIGHT = 3
WORDS = ("Связаться, как попросили", "Get in touch as they asked")
# Editions of what they agree to; another wording is another edition.
CONSENT = "2026-11"
CONTACT, PROGRESS, NEWS = "referral_contact", "referral_progress", "referral_news"


@dataclass(frozen=True)
class Friend:
    """What they left: who they are, how and when they wish to hear from us, what they agreed to."""

    name: str
    reached_by: tuple[str, str]
    company: str = ""
    words: str = ""
    wish: str = Wish.SOON
    day: date | None = None
    part: str = "any"
    shares: str = Shares.NOTHING
    news: bool = False
    language: str = "ru"
    tool: str = Tool.LINK
    device: str = ""


@transaction.atomic
def receive_friend(link: ReferralLink, friend: Friend, *, by: None, at: datetime) -> Referral:
    """Whoever came is a client linked to who recommended us, and we promise to get in touch as they
    wish. Somebody we know already by phone or address is recognised, and nobody is told.
    """
    held_client(link.client_id)
    link = ReferralLink.objects.select_related("client__root", "client__owner", "contact").get(
        pk=link.pk
    )
    if link.revoked_at is not None or not current_firm().takes_referrals:
        raise Refused("closed", _("This link leads nowhere any more."))
    owner = _owner(link)
    contact, is_new = _contact_of(friend, owner, at)
    there = _twice(link, contact, friend, at)
    if there is not None:
        return there
    case = _open_case(contact, owner, at)
    promise = _promise(case, friend, at)
    referral = Referral.objects.create(
        case=case, link=link, recommender=link.client.whole, contact=contact, tool=friend.tool,
        words=friend.words.strip(), wish=friend.wish, promise=promise, shares=friend.shares,
        was_client=not is_new and _was_client(contact, at), is_new_card=is_new,
        same_device=bool(link.device) and link.device == friend.device,
    )  # fmt: skip
    if is_new:
        # Of somebody we know already nobody else may say what they agree to: we ask them.
        agree(contact, _purposes(friend), by=None, at=at)
    record(
        case.stream, RECEIVED, by=None, at=at, referral=case.pk, client=case.client_id,
        contact=contact.pk, tool=friend.tool,
        due=promise.due_at.isoformat() if promise and promise.due_at else None,
    )  # fmt: skip
    return referral


def _owner(link: ReferralLink) -> Employee:
    return link.client.whole.owner


def _contact_of(friend: Friend, owner: Employee, at: datetime) -> tuple[Contact, bool]:
    """Somebody who is reached so already, else a card of their own."""
    kind, value = friend.reached_by
    known = contacts_reached(kind, value).first()
    if known is not None:
        return known, False
    name, company = friend.name.strip(), friend.company.strip()
    card = ClientFields(
        kind=ClientKind.COMPANY if company else ClientKind.PERSON,
        name=company or name,
        language=friend.language,
    )
    if not company:
        card |= ClientFields(email=value) if kind == "email" else ClientFields(phone=value)
    client = add_client(card, owner=owner, by=None, at=at)
    reached = {kind: value}
    return add_contact(client, name, by=None, at=at, **reached), True


def _twice(link: ReferralLink, contact: Contact, friend: Friend, at: datetime) -> Referral | None:
    """The same button pressed twice, or the same person by the same link, is one referral."""
    rows = Referral.objects.filter(link=link, contact=contact, case__state=ReferralState.RECEIVED)
    return rows.select_related("case").first()


def _was_client(contact: Contact, at: datetime) -> bool:
    """Known before, and not merely by another recommendation that is under way."""
    cards = Client.objects.whole_of(contact.client_id)
    bought = Purchase.objects.filter(client__in=cards.values("pk")).exists()
    came = Referral.objects.came_of(contact.client_id).exists()
    return bought or contact.user_id is not None or not came


def _open_case(contact: Contact, owner: Employee, at: datetime) -> Case:
    year, number = next_number("referral", by=None, at=at)
    with override(current_firm().language):
        title = pgettext("title of a case", "Came by recommendation")
    return open_case(
        "referral", by=None, at=at, number=f"РК-{year}-{number:05d}", title=title,
        client=contact.client, owner=owner, state=ReferralState.RECEIVED, audience="ours",
    )  # fmt: skip


def _promise(case: Case, friend: Friend, at: datetime) -> Promise | None:
    """We get in touch when they wish; nothing is promised to whoever does so themselves."""
    if friend.wish == Wish.SELF:
        return None
    firm = current_firm()
    calendar = calendar_of(firm)
    try:
        due = (
            due_on(calendar, friend.day, friend.part)
            if friend.wish == Wish.DAY and friend.day is not None
            else due_soon(calendar, at, firm.answer_hours)
        )
    except NotWorking:
        raise Refused(
            "not_working", _("We do not work then. Please choose another day or time."), field="day"
        ) from None
    if due <= at:
        raise Refused("over", _("This time is over already."), field="day")
    promise = lay_promise(
        case, REFERRAL_CONTACT, by=None, at=at, words=WORDS, minutes=None, calendar=calendar,
        due_at=due,
    )  # fmt: skip
    set_holders({promise: [Hold(case.owner_id)]}, by=None, at=at, weight=WEIGHT)
    return promise


def _purposes(friend: Friend) -> list[str]:
    progress = [PROGRESS] if friend.shares != Shares.NOTHING else []
    return [CONTACT, *progress, *([NEWS] if friend.news else [])]


def agree(contact: Contact, purposes: list[str], *, by: None, at: datetime) -> None:
    """What they agreed to, a row for each purpose."""
    for purpose in purposes:
        give_consent(contact, purpose, CONSENT, "referral", by=None, at=at)
