"""What is said of a signatory: by what authority, to which address the code went."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zabota.common import formats
from zabota.contracts.models import Ground, Signatory


def authority_words(signatory: Signatory) -> str:
    """«действует на основании доверенности № 12 от 01.02.2026, по 01.02.2027»."""
    language = get_language() or "ru"
    if signatory.ground == Ground.CHARTER:
        return _("acts under the charter")
    if signatory.ground != Ground.PROXY:
        return ""
    words = _("acts under the power of attorney No. %(number)s") % {
        "number": signatory.ground_number
    }
    if signatory.ground_on:
        day = formats.short_date(signatory.ground_on, language)
        words = _("%(authority)s of %(day)s") % {"authority": words, "day": day}
    if signatory.ground_until:
        day = formats.short_date(signatory.ground_until, language)
        words = _("%(authority)s, valid until %(day)s") % {"authority": words, "day": day}
    return words


def masked_address(address: str) -> str:
    """Enough to know one's own address by, too little to write to: «a•••@romashka.example»."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}•••@{host}" if host else ""
