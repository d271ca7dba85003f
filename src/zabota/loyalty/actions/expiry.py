"""Whether points expire: the director decides, for new batches only, and says why."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import record
from zabota.loyalty.entries import EXPIRY_OFF, EXPIRY_ON
from zabota.loyalty.models import Batch, Expiry
from zabota.loyalty.rules import may_set_expiry
from zabota.people.actions.held import held_firm
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand

SHORTEST = 28


@transaction.atomic
def switch_expiry_on(
    *,
    months: int,
    notices: int,
    lead_days: int,
    reason_ru: str,
    reason_en: str = "",
    by: User,
    at: datetime,
) -> Expiry:
    """Batches earned from now on end after so many months, told of so often, the first time so many
    days before. What clients have keeps what it was earned with; they read the reason.
    """
    demand(may_set_expiry(by, at))
    firm = held_firm()
    if Expiry.objects.filter(ended_at=None).exists():
        raise Refused("expiry_on", _("Points expire already. Switch it off first."))
    if not reason_ru.strip():
        raise Refused("no_reason", _("Say why: clients will read it."), field="reason_ru")
    if notices < 1 or lead_days < notices:
        raise Refused("too_often", _("More notices than days to tell in."), field="notices")
    if lead_days > months * SHORTEST:
        raise Refused("too_long", _("Told before anything is earned."), field="lead_days")
    expiry = Expiry.objects.create(
        months=months, notices=notices, lead_days=lead_days, reason_ru=reason_ru.strip(),
        reason_en=reason_en.strip(), by=by, at=at,
    )  # fmt: skip
    record(
        firm.stream, EXPIRY_ON, by=by.pk, at=at, expiry=expiry.pk, months=months,
        reason={"ru": expiry.reason_ru, "en": expiry.reason_en or expiry.reason_ru},
    )  # fmt: skip
    return expiry


@transaction.atomic
def switch_expiry_off(*, by: User, at: datetime) -> int:
    """New batches have no date any more; nor has what clients still have: a promise may always
    become better. Says of how many batches the date was lifted.
    """
    demand(may_set_expiry(by, at))
    firm = held_firm()
    expiry = Expiry.objects.filter(ended_at=None).first()
    if expiry is None:
        raise Refused("expiry_off", _("Points do not expire."))
    Expiry.objects.filter(pk=expiry.pk).update(ended_at=at, ended_by=by)
    lifted = Batch.objects.filter(expires_on__isnull=False, left__gt=0).update(
        expires_on=None, look_on=None
    )
    record(firm.stream, EXPIRY_OFF, by=by.pk, at=at, expiry=expiry.pk, lifted=lifted)
    return lifted
