"""Kinds of contracts: what a form is for."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, LazyText] = {
    "supply": _("Supply"),
    "framework": _("Framework with specifications"),
    "services": _("Services"),
    "works": _("Works"),
    "lease": _("Lease"),
    "licence": _("Licence"),
    "nda": _("Confidentiality"),
    "amendment": _("Amendment"),
    "specification": _("Specification"),
    "other": _("Other"),
}


def kind_name(slug: str) -> str:
    """The kind in the reader's language; a slug we do not know stands for itself."""
    return str(KINDS.get(slug, slug))
