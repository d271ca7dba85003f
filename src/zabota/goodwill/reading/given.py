"""A gift as pages show it: what, to whom, how far, its code and QR for who may see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from zabota.clients.models import Client, ClientKind
from zabota.clients.rules import may_manage_contacts
from zabota.common.questions import One, Question
from zabota.goodwill.codes import code_of, shown_code
from zabota.goodwill.models import Gift, GiftKind, GiftState, Good
from zabota.goodwill.models.gifts import OF_THE_COMPANY
from zabota.goodwill.saying import gift_words
from zabota.loyalty.models import Unit
from zabota.people.firm import current_firm
from zabota.people.models import Employee, User

ICONS = {
    GiftKind.GOODS: "package",
    GiftKind.DISCOUNT: "badge-percent",
    GiftKind.POINTS: "coins",
    GiftKind.DELIVERY: "truck",
    GiftKind.FLOWERS: "flower-2",
    GiftKind.OWN: "lightbulb",
    GiftKind.THANKS: "heart",
}
RELATED = ("employee__user", "client", "contact", "good", "case", "moment")
MANY = 50


@dataclass(frozen=True)
class GiftRow:
    """One gift for a reader: in words, with its icon, and until when it can be taken or used."""

    gift: Gift
    what: str
    icon: str
    until: datetime | None

    @property
    def day(self) -> date:
        """The reader's day on which it was given."""
        return timezone.localtime(self.gift.given_at).date()

    @property
    def is_open(self) -> bool:
        """Whether somebody may still take or use it."""
        return self.gift.state in (GiftState.GIVEN, GiftState.CLAIMED)


def gift_row(gift: Gift) -> GiftRow:
    """As the reader of this page reads it."""
    until = gift.claim_until if gift.state == GiftState.GIVEN else gift.use_until
    words = gift_words(gift, get_language() or "ru")
    return GiftRow(gift, words[:1].upper() + words[1:], ICONS[GiftKind(gift.kind)], until)


def code_in_groups(gift: Gift) -> str:
    """The code as it is read aloud; only for who may see it."""
    return shown_code(code_of(gift.employee_id, gift.salt))


def claim_address(gift: Gift) -> str:
    """Where the gift is taken: what the QR leads to."""
    return f"{settings.ROOM_URL}/g/{code_of(gift.employee_id, gift.salt)}/"


def qr(text: str, *, whole: bool = False) -> SafeString:
    """A QR as SVG, inline for pages or as a picture of its own for paper; of an address of ours."""
    drawn = segno.make(text, error="m")
    if whole:
        return SafeString(drawn.svg_inline(border=1, scale=4))
    return SafeString(drawn.svg_inline(border=2, omitsize=True))


def email_to_invite(gift: Gift, user: User, at: datetime) -> str:
    """Where a stranger who took it and said who they are is invited to: nothing where they left no
    e-mail, have a room already, or this colleague does not keep their card.
    """
    person = gift.contact
    if person is None or not gift.to_stranger or person.user_id is not None:
        return ""
    if person.removed_at is not None or not may_manage_contacts(user, person.client, at):
        return ""
    points = person.points.filter(kind="email", removed_at=None).order_by("-preferred", "pk")
    found = points.values_list("value", flat=True).first()
    return str(found or "")


def gifts_of(employee: Employee) -> list[GiftRow]:
    """What one gave last."""
    rows = Gift.objects.filter(employee=employee).select_related(*RELATED)
    return [gift_row(gift) for gift in rows.order_by("-given_at", "-pk")[:MANY]]


def given_to(client: Client, most: int = MANY) -> list[GiftRow]:
    """What a client and all that are one with it were given last: every colleague knows it."""
    return [gift_row(gift) for gift in _given(client=client.pk)[:most]]


_given = Question(
    lambda client: (
        Gift.objects.of_client(client).select_related(*RELATED).order_by("-given_at", "-pk")[:MANY]
    ),
    client=One(),
)


def is_off_for(client: Client) -> bool:
    """Whether points, discounts and delivery are switched off for this client: a company's, until
    the firm says otherwise.
    """
    return client.kind == ClientKind.COMPANY and not current_firm().thanks_companies


def kinds_for(client: Client | None) -> list[dict[str, Any]]:
    """What can be given now, as tiles; what belongs to companies only where the firm says so."""
    off: set[str] = set()
    if not Good.objects.filter(closed_at=None).exists():
        off.add(GiftKind.GOODS)
    if not Unit.objects.in_use().exists():
        off.add(GiftKind.POINTS)
    if client is not None and is_off_for(client):
        off.update(OF_THE_COMPANY)
    return [
        {"kind": kind, "label": kind.label, "icon": ICONS[kind]}
        for kind in GiftKind
        if kind not in off
    ]
