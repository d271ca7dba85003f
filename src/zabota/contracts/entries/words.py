"""What kinds of entry make of their stored facts, for a reader of a language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext


def voted(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """Which way a vote went; before approvals could be votes, all were for a return."""
    back = facts.get("vote", "returned") == "returned"
    return {"vote": gettext("for a return") if back else gettext("for approval")}
