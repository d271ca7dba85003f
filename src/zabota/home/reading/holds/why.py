"""Why a hold stands in Today."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zabota.common import formats
from zabota.orders.reading.hold_rule import firm_day


def of_hold(row: Mapping[str, Any], language: str, at: datetime) -> str:
    """It lapses before it is paid for, by how many days; or soon, and nobody has paid."""
    until, pays = row["case__hold__until"], row["case__hold__pays_on"]
    today = firm_day(at)
    facts = {"until": formats.dated_day(until, today, language)}
    if pays is not None and pays > until:
        facts["pays"] = formats.dated_day(pays, today, language)
        facts["days"] = formats.days((pays - until).days, language)
        words = gettext("Kept until %(until)s, paid for by %(pays)s: it lapses %(days)s too early.")
    else:
        words = gettext("Kept until %(until)s and not paid for: ask whether it is needed longer.")
    return words % facts
