"""What kinds of entry make of their stored facts, for a reader of a language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from zabota.common.language import decline_name


def voted(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """Which way a vote went; before approvals could be votes, all were for a return."""
    back = facts.get("vote", "returned") == "returned"
    return {"vote": gettext("for a return") if back else gettext("for approval")}


def relaid(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """Who has it instead of whom; of old entries only that it changed."""
    if "stage" not in facts:
        return {"stage": gettext("The people in charge have changed")}
    before, after = facts["before"], facts["after"]
    if before and after:
        return {"instead": before, "now": after}
    return {"joined": after} if after else {"without": before}


def in_genitive(name: str, language: str) -> str:
    """«вместо Тимура Асланова»; English names have no cases."""
    return decline_name(name).text if language == "ru" else name
