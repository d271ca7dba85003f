"""Whether something may be given, by the law in force on that day and by the firm's own limits;
where not, why, in words.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zabota.clients.models import Client, ClientKind, Contact
from zabota.common.formats import money
from zabota.goodwill.models import (
    Gift,
    GiftKind,
    LegalLimit,
    LimitSpan,
    LimitWho,
    PaidBy,
    Recipient,
    Terms,
)
from zabota.goodwill.models.gifts import OF_THE_COMPANY, VALUABLES
from zabota.people.firm import current_firm
from zabota.people.refusal import Refused


@dataclass(frozen=True)
class Weighed:
    """What is to be given to whom, as limits look at it. No client: a stranger, as a person. A
    `contact` of a company is a person, too, and has their own year.
    """

    client: Client | None
    kind: str
    cost: Decimal
    currency: str
    official: bool = False
    contact: Contact | None = None

    @property
    def to_company(self) -> bool:
        return self.client is not None and self.client.kind == ClientKind.COMPANY


def refuse_beyond_limits(one: Weighed, terms: Terms, day: date) -> None:
    """Raises Refused with the limit that is met, where it is said and what follows."""
    if one.kind == GiftKind.THANKS:
        return
    if one.to_company and one.kind in OF_THE_COMPANY and not current_firm().thanks_companies:
        raise Refused(
            "companies_off",
            _(
                "Points, discounts and delivery for companies are switched off by the firm. What"
                " always works is to say thank you."
            ),
            field="kind",
        )
    if one.kind in VALUABLES:
        for limit in LegalLimit.objects.in_force(day).filter(currency=one.currency):
            if _concerns(limit, one):
                _check_law(limit, one, day)
    _check_firm(one, terms, day)


def is_official(client: Client) -> bool:
    """Whether this client, or any card that is one with it, is an official or a body of them."""
    whole = Client.objects.whole_of(client.pk).values("pk")
    return Recipient.objects.filter(client__in=whole, official=True).exists()


def asks_for_office(gift: Gift, day: date) -> bool:
    """Whether whoever takes it has to say if they are an official: only where the law would let us
    give them less than this.
    """
    if gift.kind not in VALUABLES or gift.client_id is not None:
        return False
    limits = LegalLimit.objects.in_force(day).filter(who=LimitWho.OFFICIAL, most__lt=gift.cost)
    return limits.filter(currency=gift.currency).exists()


def _concerns(limit: LegalLimit, one: Weighed) -> bool:
    match limit.who:
        case LimitWho.OFFICIAL:
            return one.official
        case LimitWho.COMPANY:
            return one.to_company
    return not one.to_company or one.contact is not None


def _check_law(limit: LegalLimit, one: Weighed, day: date) -> None:
    given = Decimal(0)
    if limit.span == LimitSpan.YEAR:
        person = one.contact if one.to_company and limit.who == LimitWho.PERSON else None
        given = given_in_year(one.client, day, one.currency, VALUABLES, person)
    if given + one.cost <= limit.most:
        return
    language = get_language() or "ru"
    said = {
        "source": limit.source(language),
        "most": money(limit.most, limit.currency, language),
        "given": money(given, limit.currency, language),
        "why": limit.why(language),
    }
    if limit.span == LimitSpan.GIFT:
        raise Refused(
            "law_gift",
            _("%(source)s: at most %(most)s for one gift. %(why)s"),
            field="cost",
            **said,
        )
    raise Refused(
        "law_year",
        _(
            "%(source)s: at most %(most)s in a calendar year, and gifts of %(given)s were given to"
            " them this year. %(why)s"
        ),
        field="cost",
        **said,
    )


def _check_firm(one: Weighed, terms: Terms, day: date) -> None:
    most = terms.company_year_most if one.to_company else terms.person_year_most
    if most is None or one.currency != terms.currency:
        return
    given = given_in_year(one.client, day, one.currency)
    if given + one.cost > most:
        language = get_language() or "ru"
        raise Refused(
            "firm_year",
            _(
                "Our firm gives one client at most %(most)s in a year; %(given)s were given to them"
                " this year."
            ),
            field="cost",
            most=money(most, one.currency, language),
            given=money(given, one.currency, language),
        )


def given_in_year(
    client: Client | None,
    day: date,
    currency: str,
    kinds: tuple[str, ...] = (),
    contact: Contact | None = None,
) -> Decimal:
    """What a client and all that are one with it were given this calendar year, by everybody; or
    one person of theirs. What made a mistake good is no gift.
    """
    if client is None:
        return Decimal(0)
    gifts = Gift.objects.of_client(client.pk).standing()
    gifts = gifts.exclude(paid_by=PaidBy.MOMENT)
    gifts = gifts.filter(currency=currency, given_at__year=day.year)
    if kinds:
        gifts = gifts.filter(kind__in=kinds)
    if contact is not None:
        gifts = gifts.filter(contact=contact)
    total: Decimal | None = gifts.aggregate(all=Sum("cost"))["all"]
    return total or Decimal(0)
