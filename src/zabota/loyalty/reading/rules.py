"""Rules as they are printed: what is earned for what, where, by whom, when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zabota.common.formats import money, number, short_date
from zabota.loyalty.models import EarnRule


@dataclass(frozen=True)
class RuleRow:
    """One rule in words."""

    pk: int
    what: str
    terms: str
    days: str
    begun: bool


def read_rules(today: date) -> list[RuleRow]:
    """The rules of today and those to come. One query."""
    rows = EarnRule.objects.filter(Q(until_day=None) | Q(until_day__gte=today), void=False)
    chosen = rows.select_related("unit", "place", "tier").order_by("occasion", "unit", "pk")
    return [_row(rule, today) for rule in chosen]


def _row(rule: EarnRule, today: date) -> RuleRow:
    language = get_language() or "ru"
    if rule.rate is not None:
        counted = f"{number(rule.rate.normalize(), language)} {rule.unit.many_ru}"
        if language == "en":
            counted = f"{number(rule.rate.normalize(), language)} {rule.unit.many_en}"
        what = _("%(counted)s for each 100 ₽") % {"counted": counted}
    else:
        what = rule.unit.counted(rule.amount or 0, language)
    terms = []
    if rule.least:
        terms.append(_("from %(sum)s") % {"sum": money(rule.least, "RUB", language)})
    if rule.place is not None:
        terms.append(rule.place.name)
    if rule.tier is not None:
        terms.append(_("for “%(tier)s” and above") % {"tier": rule.tier.name(language)})
    if rule.may_owe:
        terms.append(_("taken back with goods though spent"))
    days = _("from %(day)s") % {"day": short_date(rule.from_day, language)}
    if rule.until_day is not None:
        days += " " + _("to %(day)s") % {"day": short_date(rule.until_day, language)}
    told = f"{rule.get_occasion_display()}: {what}"
    return RuleRow(rule.pk, told, " · ".join(terms), days, rule.from_day <= today)
