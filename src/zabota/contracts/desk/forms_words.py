"""In words: what to know of a Word file that was read, what to mend in it, what was kept."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zabota.contracts.actions.forms import Unfit
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.docx_words import refusal_words
from zabota.contracts.kept_words import kept_name
from zabota.contracts.text.fields import PARTY_DETAILS, FieldType

type Params = Mapping[str, Any]


def faults_of(refused: Refused) -> list[str]:
    """Why a file does not become a form: one sentence, or one for each place to be mended."""
    if isinstance(refused, Unfit):
        return [remark_words(fault.code, fault.params) for fault in refused.faults]
    return [refusal_words(refused)]


def remark_words(code: str, params: Params) -> str:
    """What the person who uploads should know, or has to mend."""
    words = _REMARKS.get(code)
    if words is None:
        return _("Please look at the text closely (%(code)s).") % {"code": code}
    return words(params)


def _count(p: Params) -> int:
    return int(p.get("count", 0))


def _in_brackets(token: str) -> str:
    """As it stands in the file: what was read lies between the brackets, or holds them itself."""
    return token if "{{" in token or "}}" in token else f"{{{{ {token} }}}}"


def _token(p: Params) -> str:
    return str(p.get("token", p.get("name", "")))


_REMARKS: dict[str, Callable[[Params], str]] = {
    "field_syntax": lambda p: (
        _(
            "“%(token)s” is no field: it should look like {{ price: money }}, with two brackets on"
            " each side."
        )
        % {"token": _in_brackets(_token(p))}
    ),
    "field_type": lambda p: (
        _("The field “%(token)s” has a type we do not know: %(type)s. We know: %(known)s.")
        % {"token": _token(p), "type": p.get("type", ""), "known": ", ".join(get_args(FieldType))}
    ),
    "field_party": lambda p: (
        _("The card of a party has no detail “%(token)s”. It has: %(known)s.")
        % {"token": _token(p), "known": ", ".join(PARTY_DETAILS)}
    ),
    "field_in_kept": lambda p: (
        _(
            "A field stands where nothing can be filled in (%(kind)s): “%(words)s”. Please move it"
            " into the text."
        )
        % {"kind": kept_name(str(p.get("kind", ""))).lower(), "words": p.get("words", "")}
    ),
    "field_choices": lambda p: (
        _("The field “%(token)s” is a choice: please name at least two, as in choice(one, two).")
        % {"token": _token(p)}
    ),
    "field_conflict": lambda p: (
        _("The field “%(name)s” is declared twice, differently the second time: “%(token)s”.")
        % {"name": p.get("name", ""), "token": _token(p)}
    ),
    "hidden_text": lambda p: (
        ngettext(
            "%(count)d piece of hidden text was read as plain text: please see whether it belongs"
            " there.",
            "%(count)d pieces of hidden text were read as plain text: please see whether they"
            " belong there.",
            _count(p),
        )
        % {"count": _count(p)}
    ),
    "words_under_merge": lambda p: (
        ngettext(
            "%(count)d merged cell hides words that Word does not show: they were left out.",
            "%(count)d merged cells hide words that Word does not show: they were left out.",
            _count(p),
        )
        % {"count": _count(p)}
    ),
    "contents": lambda p: _(
        "The table of contents was read as plain text: it does not renew itself here."
    ),
    "comments": lambda p: (
        ngettext(
            "%(count)d comment of Word was left out.",
            "%(count)d comments of Word were left out.",
            _count(p),
        )
        % {"count": _count(p)}
    ),
    "number_format": lambda p: (
        _("A kind of numbering we do not know (%(format)s) is shown in plain figures.")
        % {"format": p.get("format", "")}
    ),
    "header_or_footer": lambda p: _(
        "Headers and footers are kept as they are and are not edited here."
    ),
}
