"""What one may be trained for: the scripts of the firm that are for the trained only."""

from typing import Any

from django.utils.translation import get_language, gettext

from zabota.cases.models import Script

CONCERNS: dict[str, Any] = {}


def made_by_firm() -> dict[str, str]:
    """Every such script, by what a power names it by; one no longer offered keeps its name."""
    language = get_language() or "ru"
    scripts = Script.objects.filter(trained_only=True).order_by("name_ru", "pk")
    return {
        one.concern: gettext("script “%(name)s”") % {"name": one.name(language)} for one in scripts
    }
