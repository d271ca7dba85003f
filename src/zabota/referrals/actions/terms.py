"""What the firm sets: terms of thanks, the brochure, the questionnaire. Each is a new edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import lock_stream, record
from zabota.journal.kinds import EntryKind
from zabota.journal.reading import day_ref
from zabota.people.access import StaffViewer
from zabota.people.actions import change_firm
from zabota.people.firm import current_firm, zone_of
from zabota.people.refusal import Refused
from zabota.referrals.entries import BROCHURE_SET, QUESTIONNAIRE_SET, TERMS_SET
from zabota.referrals.models import Brochure, Questionnaire, Terms
from zabota.referrals.rules import may_set_terms

MOST_QUESTIONS = 12


@dataclass(frozen=True)
class NewTerms:
    """What is set, and from which day."""

    from_day: date
    minimum: Decimal
    hold_days: int
    yearly_limit: int
    lapse_times: int


@transaction.atomic
def set_terms(terms: NewTerms, *, by: StaffViewer, at: datetime) -> Terms:
    """From a day on, not one that is over: what was promised for earlier days stays."""
    _demand(by, at)
    if terms.from_day < at.astimezone(zone_of(current_firm())).date():
        raise Refused("over", _("This day is over already."), field="from_day")
    row = Terms.objects.create(**vars(terms), made_by=by.employee, made_at=at)
    _remember(TERMS_SET, by, at, from_day=day_ref(terms.from_day), terms=row.pk)
    return row


def open_recommending(opened: bool, *, by: StaffViewer, at: datetime) -> None:
    """Clients are asked in their room to recommend us, or no more; links lead nowhere while they
    are not.
    """
    _demand(by, at)
    change_firm({"takes_referrals": opened}, by=by.user, at=at)


@transaction.atomic
def set_brochure(
    title: tuple[str, str], text: tuple[str, str], *, by: StaffViewer, at: datetime
) -> Brochure:
    """What we tell of ourselves, in Russian and in English."""
    _demand(by, at)
    row = Brochure.objects.create(
        title_ru=title[0].strip(), title_en=title[1].strip(), text_ru=text[0].strip(),
        text_en=text[1].strip(), made_by=by.employee, made_at=at,
    )  # fmt: skip
    _remember(BROCHURE_SET, by, at, brochure=row.pk)
    return row


@transaction.atomic
def set_questionnaire(
    told: Sequence[tuple[str, str]],
    needed: Sequence[tuple[str, str]],
    *,
    by: StaffViewer,
    at: datetime,
) -> Questionnaire:
    """What either side is asked, in Russian and in English; sheets begun before keep theirs."""
    _demand(by, at)
    if len(told) > MOST_QUESTIONS or len(needed) > MOST_QUESTIONS:
        raise Refused("too_many", _("Nobody answers so many questions. Please leave some out."))
    row = Questionnaire.objects.create(
        told=[{"ru": ru, "en": en} for ru, en in told],
        needed=[{"ru": ru, "en": en} for ru, en in needed],
        made_by=by.employee, made_at=at,
    )  # fmt: skip
    _remember(QUESTIONNAIRE_SET, by, at, questionnaire=row.pk)
    return row


def _demand(by: StaffViewer, at: datetime) -> None:
    if not may_set_terms(by, at):
        raise PermissionDenied


def _remember(kind: EntryKind, by: StaffViewer, at: datetime, **facts: Any) -> None:
    stream = lock_stream(current_firm().stream_id)
    record(stream, kind, by=by.user.pk, at=at, **facts)
