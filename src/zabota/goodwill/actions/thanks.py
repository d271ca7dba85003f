"""Thanks said to a buyer for a purchase, and thanks a client says for a case."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Case
from zabota.clients.access import RoomViewer
from zabota.clients.models import Contact, Purchase
from zabota.goodwill import entries
from zabota.goodwill.models import ReceivedThanks, SaidThanks
from zabota.goodwill.rules import may_give, may_thank_for
from zabota.journal.actions import lock_stream, record
from zabota.people.access import StaffViewer
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand

LONGEST = 2000


def say_thanks(purchase: Purchase, words: str, *, by: StaffViewer, at: datetime) -> SaidThanks:
    """A buyer is thanked for a purchase, once by whoever comes first; they are written to, and it
    counts once they open it.
    """
    demand(may_give(by))
    if not words.strip():
        raise Refused("words", _("Say thank you in your own words."), field="words")
    with transaction.atomic():
        stream = lock_stream(purchase.client.whole.stream_id)
        if SaidThanks.objects.filter(purchase=purchase).exists():
            raise Refused("thanked", _("They were thanked for this purchase already."))
        thanks = SaidThanks.objects.create(
            purchase=purchase,
            client=purchase.client.whole,
            employee=by.employee,
            words=words.strip()[:LONGEST],
            said_at=at,
        )
        record(
            stream,
            entries.THANKS_SAID,
            by=by.user.pk,
            at=at,
            thanks=thanks.pk,
            purchase=purchase.pk,
            client=thanks.client_id,
        )
        return thanks


def open_thanks(thanks: SaidThanks, *, by: User | None, at: datetime) -> bool:
    """The buyer has opened it; says whether for the first time."""
    with transaction.atomic():
        stream = lock_stream(thanks.client.stream_id)
        first = SaidThanks.objects.filter(pk=thanks.pk, opened_at=None).update(opened_at=at)
        if first:
            record(
                stream,
                entries.THANKS_OPENED,
                by=by.pk if by else None,
                at=at,
                thanks=thanks.pk,
                client=thanks.client_id,
            )
        return bool(first)


def thank_for_case(
    case: Case,
    words: str,
    *,
    by: RoomViewer | None,
    at: datetime,
    contact: Contact | None = None,
) -> ReceivedThanks:
    """A client thanks for what was done: in the room, or by the link of a letter to `contact`. One
    per case; it is for whoever answers for the case.
    """
    if by is not None and not may_thank_for(by, case):
        raise PermissionDenied
    person = by.contact if by is not None else contact
    with transaction.atomic():
        stream = lock_stream(case.stream_id)
        case = Case.objects.select_related("owner").get(pk=case.pk)
        try:
            with transaction.atomic():
                thanks = ReceivedThanks.objects.create(
                    case=case,
                    client=case.client,
                    contact=person,
                    employee=case.owner,
                    words=words.strip()[:LONGEST],
                    way=ReceivedThanks.Way.ROOM if by else ReceivedThanks.Way.LETTER,
                    received_at=at,
                )
        except IntegrityError:
            raise Refused("thanked", _("You have said thank you already. We remember.")) from None
        record(
            stream,
            entries.THANKS_RECEIVED,
            by=by.user.pk if by else (person.user_id if person else None),
            at=at,
            case=case.pk,
            client=case.client_id,
            contact=person.pk if person else None,
            thanked=case.owner.user_id,
        )
        return thanks
