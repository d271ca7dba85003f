"""Directions of approval: who must agree to a change of a clause."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

GENERAL = "general"

CONCERNS: dict[str, LazyText] = {
    GENERAL: _("General"),
    "legal": _("Legal"),
    "finance": _("Finance"),
    "logistics": _("Logistics"),
    "security": _("Security"),
    "director": _("Director"),
}


def concern_name(slug: str) -> str:
    """The direction's name in the reader's language; a slug we do not know stands for itself."""
    return str(CONCERNS.get(slug, slug))
