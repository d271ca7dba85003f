"""Sums and days as entries keep them: in both languages."""

from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.functional import Promise as LazyText

from zabota.common import formats

LANGUAGES = ("ru", "en")


def money_words(sum_: Decimal, currency: str) -> dict[str, str]:
    """A sum in both languages."""
    return {one: formats.money(sum_, currency, one) for one in LANGUAGES}


def day_words(day: date | None) -> dict[str, str] | None:
    """A day in both languages, in full; nothing of none."""
    return None if day is None else {one: formats.date(day, one) for one in LANGUAGES}


def said(words: str | LazyText) -> dict[str, str]:
    """A label in both languages."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(words)
    return found
