"""What an employee earns by clients: the firm's terms."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.goodwill import entries
from zabota.goodwill.models import BonusTerms, Terms
from zabota.goodwill.reading.budgets import terms_now
from zabota.goodwill.rules import may_set_budgets
from zabota.journal.actions import lock_stream, record
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, employee_of

MOST_SHARE = Decimal(100)


class BonusFields(TypedDict, total=False):
    """What may be set; only what is named is touched."""

    returned_sum: Decimal
    returned_share: Decimal
    new_sum: Decimal
    new_share: Decimal
    said_sum: Decimal
    said_share: Decimal
    received_sum: Decimal


def set_bonuses(fields: BonusFields, *, by: User | None, at: datetime) -> BonusTerms:
    """The terms of bonuses; what is counted from now on is counted by them. Of each way either a
    sum or a share, never both.
    """
    demand(by is None or may_set_budgets(by, at))
    with transaction.atomic():
        terms = terms_now()
        if terms is None:
            raise Refused("no_terms", _("The firm has not set its terms of giving yet."))
        stream = lock_stream(terms.stream_id)
        found = BonusTerms.objects.filter(pk=1).first() or BonusTerms(pk=1)
        before = {name: str(getattr(found, name)) for name in fields}
        for name, value in fields.items():
            setattr(found, name, value)
        _check(found, terms)
        found.set_by, found.set_at = employee_of(by), at
        found.save()
        record(
            stream, entries.BONUSES_SET, by=by.pk if by else None, at=at,
            before=before, after={name: str(getattr(found, name)) for name in fields},
        )  # fmt: skip
        return found


def _check(found: BonusTerms, terms: Terms) -> None:
    found.currency = terms.currency
    for way in BonusTerms.WAYS:
        each: Decimal = getattr(found, f"{way}_sum")
        share: Decimal = getattr(found, f"{way}_share", Decimal(0))
        if each < 0:
            raise Refused("sum", _("A sum here is never below zero."), field=f"{way}_sum")
        if not 0 <= share <= MOST_SHARE:
            raise Refused("share", _("A share is 0 to 100 %%."), field=f"{way}_share")
        if each and share:
            raise Refused("both", _("Either a sum or a share, not both."), field=f"{way}_share")
