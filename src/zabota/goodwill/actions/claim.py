"""Taking a gift by its code: once, whoever comes first; a stranger says as much as they wish and so
becomes a client of whoever gave it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.actions import add_client, add_contact, give_consent
from zabota.clients.models import Client, ClientKind, Contact
from zabota.goodwill import entries
from zabota.goodwill.actions.give import held_gift, stream_of
from zabota.goodwill.actions.law import set_recipient
from zabota.goodwill.codes import digest_of, typed_code
from zabota.goodwill.models import Gift, GiftKind, GiftState
from zabota.goodwill.models.gifts import OF_THE_COMPANY
from zabota.goodwill.reading.budgets import firm_day, terms_now
from zabota.goodwill.reading.limits import Weighed, is_official, refuse_beyond_limits
from zabota.goodwill.saying import in_both
from zabota.journal.actions import lock_stream, record
from zabota.loyalty.actions.earn import give_points
from zabota.people.actions.throttle import count_try
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.throttle import come_back, throttled_until

# Wrong codes of one network or one till in an hour, and of all of them together.
WRONG, WRONG_OF_ALL, MINUTES = 20, 600, 60
PURPOSE = "gift"
LONGEST = 2000


@dataclass(frozen=True)
class Taken:
    """What whoever takes it says: nothing of it is needed. `key` is the page's own name: what is
    sent twice is taken once. `consent` is the text they agreed to, by its version; `official`:
    they serve the state or a municipality, and the law lets us give them less.
    """

    key: str
    name: str = ""
    email: str = ""
    phone: str = ""
    thanks: str = ""
    consent: str = ""
    language: str = "ru"
    official: bool = False

    @property
    def says_who(self) -> bool:
        """Whether anything of theirs is to be kept."""
        return bool(self.name.strip() or self.email.strip() or self.phone.strip())


def gift_by_code(code: str, place: str, *, by: object, at: datetime) -> Gift:
    """The gift of a code somebody typed or opened. Wrong ones are counted by `place` (a network, an
    employee) and together; beyond that nobody tries for a while.
    """
    for key, most in ((f"gift:{place}", WRONG), ("gift", WRONG_OF_ALL)):
        until = throttled_until(key, most, at=at)
        if until is not None:
            raise Refused(
                "too_many",
                _("Too many wrong codes were tried. Please come back at %(until)s."),
                until=come_back(until, at=at),
            )
    plain = typed_code(code)
    related = ("employee__user", "client", "good", "contact", "case")
    rows = Gift.objects.select_related(*related)
    gift = rows.filter(digest=digest_of(plain)).first() if plain else None
    if gift is None:
        count_try(f"gift:{place}", minutes=MINUTES, at=at)
        count_try("gift", minutes=MINUTES, at=at)
        raise Refused("unknown", _("There is no such code. Please look again."), field="code")
    return gift


def claim_gift(
    gift: Gift, taken: Taken, *, by: User | None, at: datetime, contact: Contact | None = None
) -> Gift:
    """Somebody takes the gift: of any number at once one does. A stranger who says who they are is
    a client from now on, of whoever gave it; `contact` is a person of a client who is known.
    """
    with transaction.atomic():
        stream = stream_of(gift)
        before = gift.client_id
        gift = held_gift(gift.pk)
        if gift.claim_key and gift.claim_key == taken.key:
            return gift
        _check(gift, before, taken, at)
        if gift.client is None:
            gift.client, gift.contact = _whose(gift, taken, contact, at)
        gift.state, gift.claimed_at, gift.claim_key = GiftState.CLAIMED, at, taken.key[:40]
        gift.use_until = at + timedelta(days=_use_days())
        if gift.kind in (GiftKind.THANKS, GiftKind.POINTS):
            gift.state, gift.used_at = GiftState.USED, at
        _thank(gift, taken.thanks, at)
        gift.save()
        put_points(gift, by=None, at=at)
        if gift.client is not None:
            # As it stands now: adding the client, and points, wrote into it.
            stream = lock_stream(gift.case.stream_id if gift.case else gift.client.stream_id)
        record(
            stream,
            entries.GIFT_CLAIMED,
            by=by.pk if by else None,
            at=at,
            gift=gift.pk,
            client=gift.client_id,
            contact=gift.contact_id,
            giver=gift.employee.user_id,
            what=in_both(gift),
            thanked=bool(gift.thanks),
        )
        return gift


def _check(gift: Gift, before: int | None, taken: Taken, at: datetime) -> None:
    if gift.client_id != before or gift.state in (GiftState.CLAIMED, GiftState.USED):
        raise Refused("taken", _("This gift has been taken already."))
    if gift.state == GiftState.WITHDRAWN:
        raise Refused("withdrawn", _("This gift was taken back."))
    if gift.state == GiftState.LAPSED or gift.claim_until <= at:
        raise Refused("over", _("The time to take this gift is over."))
    if taken.says_who and not taken.consent and gift.client_id is None:
        raise Refused(
            "consent",
            _("To keep what you write about yourself we need your consent."),
            field="consent",
        )


def _whose(
    gift: Gift, taken: Taken, contact: Contact | None, at: datetime
) -> tuple[Client | None, Contact | None]:
    """Whoever is known; else a new client of the giver's, as far as the stranger said who they are.
    They are never taken for somebody there is: an address proves nothing here.
    """
    client = contact.client.whole if contact is not None else None
    official = taken.official or (client is not None and is_official(client))
    terms = terms_now()
    if terms is not None and (client is not None or official):
        weighed = Weighed(client, gift.kind, gift.cost, gift.currency, official, contact)
        refuse_beyond_limits(weighed, terms, firm_day(at))
    if client is not None:
        companys = client.kind == ClientKind.COMPANY and gift.kind in OF_THE_COMPANY
        return client, None if companys else contact
    if not taken.says_who:
        if gift.kind == GiftKind.POINTS:
            raise Refused(
                "who", _("Points need somebody to belong to: leave your e-mail or phone."),
                field="email",
            )  # fmt: skip
        return None, None
    name = taken.name.strip() or taken.email.strip() or taken.phone.strip()
    client = add_client(
        {"name": name[:200], "kind": ClientKind.PERSON, "language": taken.language},
        owner=gift.employee,
        by=None,
        at=at,
    )
    person = add_contact(
        client, name[:200], by=None, at=at, email=taken.email, phone=taken.phone.strip()
    )
    give_consent(person, PURPOSE, taken.consent, f"gift {gift.number}", by=None, at=at)
    if official:
        set_recipient(client, True, by=None, at=at)
    return client, person


def thank_for_gift(gift: Gift, words: str, key: str, *, by: User | None, at: datetime) -> Gift:
    """Whoever took it says thank you later, from the page by which they took it."""
    with transaction.atomic():
        stream = stream_of(gift)
        gift = held_gift(gift.pk)
        if key and gift.claim_key == key and gift.thanks == words.strip()[:LONGEST]:
            return gift
        if not key or gift.claim_key != key or gift.thanks:
            raise Refused("taken", _("This gift has been taken already."))
        _thank(gift, words, at)
        gift.save(update_fields=["thanks", "thanked_at"])
        record(
            stream,
            entries.GIFT_THANKED,
            by=by.pk if by else None,
            at=at,
            gift=gift.pk,
            client=gift.client_id,
            contact=gift.contact_id,
            giver=gift.employee.user_id,
            what=in_both(gift),
            thanked=True,
        )
        return gift


def put_points(gift: Gift, *, by: None, at: datetime) -> None:
    """Points that were given are the client's as soon as they are taken."""
    if gift.kind != GiftKind.POINTS or gift.client is None or not gift.points:
        return
    if give_points(gift.client, gift.points, mark=f"gift:{gift.pk}", by=by, at=at) is None:
        raise Refused("no_points", _("This client cannot have points."))


def _thank(gift: Gift, words: str, at: datetime) -> None:
    if words.strip():
        gift.thanks, gift.thanked_at = words.strip()[:LONGEST], at


def _use_days() -> int:
    terms = terms_now()
    return terms.use_days if terms is not None else 90
