"""A letter that was given up leaves once more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import lock_stream, record
from zabota.outreach import entries
from zabota.outreach.models import Message, MessageState
from zabota.outreach.purposes import PURPOSES
from zabota.outreach.rules import may_send_again
from zabota.people.firm import current_firm
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


def send_again(message: Message, *, by: User | None, at: datetime) -> Message:
    """What stood in the way was mended: the letter is tried anew, for as many days as at first.

    It is remembered with its case, or with the firm where it has none.
    """
    demand(by is None or may_send_again(by, at))
    with transaction.atomic():
        case = message.case
        stream = lock_stream(case.stream_id if case else current_firm().stream_id)
        if PURPOSES[message.purpose].bears_code:
            raise Refused("code_over", _("This code is over; whoever needs one asks for another."))
        undelivered = Message.objects.undelivered().filter(pk=message.pk)
        if not undelivered.update(
            state=MessageState.WAITING, send_after=at, again_at=at, tries=0, fault=""
        ):
            raise Refused("not_failed", _("This letter is on its way again already."))
        record(
            stream,
            entries.MESSAGE_SENT_AGAIN,
            by=by.pk if by else None,
            at=at,
            message=message.pk,
        )
    return Message.objects.get(pk=message.pk)
