"""Likely errors of a text in words, and the kinds a firm may make a bar to sending."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zabota.common import formats
from zabota.contracts.lint import Finding
from zabota.contracts.parties import DETAIL_LABELS
from zabota.contracts.reading.values import money

KIND_NAMES: dict[str, tuple[LazyText, LazyText]] = {
    "sums": (
        gettext_lazy("Sums in words"),
        gettext_lazy("figures say one thing and the words in brackets another"),
    ),
    "dates": (
        gettext_lazy("Dates"),
        gettext_lazy("31 June; an end before its beginning; a wrong day of the week"),
    ),
    "references": (
        gettext_lazy("References"),
        gettext_lazy("to clauses and annexes that are not there"),
    ),
    "terms": (
        gettext_lazy("Terms"),
        gettext_lazy("defined and never used, or used and never defined"),
    ),
    "requisites": (
        gettext_lazy("Numbers of the parties"),
        gettext_lazy("check digits of INN, OGRN, BIK and accounts, and the parties’ cards"),
    ),
    "empty": (gettext_lazy("Empty places"), gettext_lazy("blanks and details without a value")),
    "currencies": (
        gettext_lazy("Currencies"),
        gettext_lazy("a sum in another currency than the contract’s"),
    ),
    "letters": (
        gettext_lazy("Letters"),
        gettext_lazy("Latin and Cyrillic letters mixed in one word"),
    ),
    "numbering": (
        gettext_lazy("Numbering"),
        gettext_lazy("a number twice, left out, or typed before a counted one"),
    ),
    "vat": (gettext_lazy("VAT"), gettext_lazy("a sum that does not follow from its rate")),
}
WEEKDAYS = (
    gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"), gettext_lazy("Friday"), gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)  # fmt: skip

type Params = Mapping[str, str]


def error_words(one: Finding, labels: Mapping[str, str]) -> str:
    """What is wrong, in the reader's language, without the place; `labels` name fields."""
    told: dict[str, str] = {"words": one.words, **one.params}
    if one.code == "sum_differs":
        told["words"] = one.words
    if "field" in told:
        told["label"] = str(labels.get(told["field"], told["field"]))
    return _WORDS[one.code](told)


def _requisite(p: Params) -> str:
    return str(DETAIL_LABELS.get(p["what"], p["what"]))


def _wrong(p: Params) -> str:
    told = {"what": _requisite(p), "digits": p["digits"]}
    if p["why"] == "bik_mismatch":
        return _("%(what)s %(digits)s does not go with the BIK beside it.") % told
    if p["why"] in ("length", "digits"):
        return _("%(what)s %(digits)s has not the right number of digits.") % told
    return _("%(what)s %(digits)s cannot be: its check digit does not fit.") % told


def _differs(p: Params) -> str:
    told = {"what": _requisite(p), "digits": p["digits"], "card": p["card"]}
    if p["party"] == "firm":
        return _("%(what)s %(digits)s is not that of our card: %(card)s.") % told
    return _("%(what)s %(digits)s is not that of the client’s card: %(card)s.") % told


def _day(p: Params) -> str:
    return formats.date(date.fromisoformat(p["made"]), get_language() or "ru")


_WORDS: dict[str, Callable[[Params], str]] = {
    "sum_differs": lambda p: _("The figures and the words differ: “%(words)s”.") % p,
    "hundredths_differ": lambda p: (
        _("The hundredths in figures (%(figures)s) and after the words (%(words)s) differ.") % p
    ),
    "date_impossible": lambda p: _("There is no such day: “%(words)s”.") % p,
    "date_order": lambda p: _("It ends before it begins: “%(words)s”.") % p,
    "date_before_contract": lambda p: (
        _("“%(words)s” is earlier than the contract itself: %(day)s.") % {**p, "day": _day(p)}
    ),
    "weekday_differs": lambda p: (
        _("“%(words)s” is another day of the week: %(day)s.")
        % {**p, "day": WEEKDAYS[int(p["weekday"])]}
    ),
    "reference_nowhere": lambda p: _("There is no clause %(number)s: “%(words)s”.") % p,
    "annex_nowhere": lambda p: _("There is no annex %(number)s: “%(words)s”.") % p,
    "reference_lost": lambda p: _("The clause this refers to has been deleted."),
    "term_unused": lambda p: _("“%(term)s” is defined and never used.") % p,
    "term_undefined": lambda p: _("“%(term)s” is written as a term but nothing defines it.") % p,
    "requisite_wrong": _wrong,
    "requisite_differs": _differs,
    "field_empty": lambda p: _("There is nothing in its place: %(label)s.") % p,
    "blank_left": lambda p: _("A place is left to be filled: “%(words)s”.") % p,
    "currency_other": lambda p: (
        _("“%(words)s”: the contract is in %(usual)s, this sum in %(currency)s.") % p
    ),
    "letters_mixed": lambda p: (
        _("“%(words)s” has letters of another alphabet: %(letters)s. A search will not find it.")
        % p
    ),
    "letter_alien": lambda p: (
        _("“%(letters)s” in “%(words)s” is a letter of another alphabet.") % p
    ),
    "number_twice": lambda p: _("A second number was typed before the text: %(typed)s.") % p,
    "number_again": lambda p: _("This number has been used already: “%(words)s”.") % p,
    "number_gap": lambda p: _("Number %(missing)s is left out before this one.") % p,
    "vat_sum": lambda p: (
        _("At %(rate)s %% the VAT is %(expected)s: “%(words)s”.")
        % {**p, "expected": _number(p["expected"])}
    ),
    "vat_rate": lambda p: _("There is no VAT rate of %(rate)s %%: “%(words)s”.") % p,
    "vat_contradicts": lambda p: _("It says both “without VAT” and a rate: “%(words)s”.") % p,
}


def _number(value: str) -> str:
    return money(Decimal(value), get_language() or "ru")
