"""What the law allows, kept up to date by the firm; who is an official."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Client
from zabota.goodwill import entries
from zabota.goodwill.models import LegalLimit, LimitSpan, LimitWho, Recipient, Terms
from zabota.goodwill.rules import may_give, may_set_budgets
from zabota.journal.actions import lock_stream, record
from zabota.people.access import StaffViewer
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


@dataclass(frozen=True)
class LimitFields:
    """A limit as it is typed, with where it is said."""

    who: str
    span: str
    most: Decimal
    since: date
    source_ru: str
    until: date | None = None
    currency: str = "RUB"
    source_en: str = ""
    why_ru: str = ""
    why_en: str = ""


def set_limit(
    limit: LegalLimit | None, fields: LimitFields, *, by: User | None, at: datetime
) -> LegalLimit:
    """The law has changed, or was entered wrong: a new row from its day on, or this one mended."""
    demand(by is None or may_set_budgets(by, at))
    _check(fields)
    with transaction.atomic():
        terms = Terms.objects.filter(pk=1).first()
        if terms is None:
            raise Refused("no_terms", _("The firm has not set its terms of giving yet."))
        stream = lock_stream(terms.stream_id)
        limit = limit or LegalLimit()
        before = {name: str(getattr(limit, name)) for name in vars(fields)} if limit.pk else {}
        for name, value in vars(fields).items():
            setattr(limit, name, value.strip() if isinstance(value, str) else value)
        limit.save()
        record(
            stream,
            entries.LIMIT_SET,
            by=by.pk if by else None,
            at=at,
            limit=limit.pk,
            before=before,
            after={name: str(getattr(limit, name)) for name in vars(fields)},
        )
        return limit


def set_recipient(
    client: Client, official: bool, *, by: StaffViewer | None, at: datetime
) -> Recipient:
    """Whether a client is an official, or a body whose people are: then the law's limit holds. By
    nobody of ours: they said so themselves.
    """
    demand(by is None or may_give(by))
    with transaction.atomic():
        stream = lock_stream(client.stream_id)
        if not official:
            whole = Client.objects.whole_of(client.pk).exclude(pk=client.pk).values("pk")
            Recipient.objects.filter(client__in=whole).update(official=False)
        known = Recipient.objects.filter(client=client).first()
        if known is not None and known.official == official:
            return known
        known = known or Recipient(client=client)
        known.official, known.set_by, known.set_at = official, by.employee if by else None, at
        known.save()
        record(
            stream,
            entries.RECIPIENT_SET,
            by=by.user.pk if by else None,
            at=at,
            client=client.pk,
            official=official,
        )
        return known


def _check(fields: LimitFields) -> None:
    if fields.who not in LimitWho.values or fields.span not in LimitSpan.values:
        raise Refused("unknown", _("There is no such limit."))
    if fields.most < 0:
        raise Refused("most", _("A sum here is never below zero."), field="most")
    if not fields.source_ru.strip():
        raise Refused("source", _("Say where the law says so."), field="source_ru")
    if fields.until is not None and fields.until <= fields.since:
        raise Refused("until", _("It ends after it begins."), field="until")
