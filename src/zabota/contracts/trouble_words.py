"""What is wrong with what was typed, and what to do about it, in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zabota.contracts.text.edit import EditProblem
from zabota.contracts.text.fields import FieldProblem


def field_trouble(problem: FieldProblem) -> str:
    """What is wrong with a value and what to do, in the reader's language."""
    return trouble_words(problem.code, problem.params)


def trouble_words(code: str, params: Any) -> str:
    """The same for a fault named by its code."""
    words = _FIELD.get(code)
    return str(words(params)) if words else _("Please check this value.")


def edit_trouble(problem: EditProblem) -> str:
    """What cannot be taken over from an edited clause, in the reader's language."""
    params = problem.params
    match problem.code:
        case "too_long":
            limit = int(str(params.get("limit", 0)))
            return ngettext(
                "A clause may have %(limit)d character at most.",
                "A clause may have %(limit)d characters at most.",
                limit,
            ) % {"limit": limit}
        case "token_unknown":
            return (
                _(
                    "Line %(line)s of the text: there is no “%(token)s” here. "
                    "Please take one of the fields listed."
                )
                % params
            )
        case "token_broken":
            return (
                _(
                    "Line %(line)s of the text: a field is damaged, “%(text)s”. "
                    "Please put it back or delete it whole."
                )
                % params
            )
        case "rows_changed":
            return _(
                "Rows of this table were added or deleted meanwhile, in another tab or by a"
                " colleague. Your text is below; please copy what you need into the table as it"
                " is now."
            )
        case "token_repeated":
            return _("“%(token)s” may stand only once.") % params
    return _(
        "The clause has changed meanwhile. Please open it again: your text is kept in this browser."
    )


_FIELD: dict[str, Any] = {
    "required": lambda p: _("Please fill this in."),
    "blank_clause": lambda p: _("This new clause is empty: please write it or delete it."),
    "locked_reason": lambda p: _("This clause is locked: please say why you propose to change it."),
    "too_long": lambda p: (
        _("At most %(limit)s characters, here are %(length)s.")
        % {"limit": p.get("limit"), "length": p.get("length")}
    ),
    "braces": lambda p: _("Curly brackets are not allowed here."),
    "not_a_person": lambda p: _("Please write a name: surname, first name, patronymic."),
    "not_a_choice": lambda p: (
        _("Please choose one of: %(choices)s.") % {"choices": ", ".join(p.get("choices", ()))}
    ),
    "not_an_email": lambda p: _("This is not an e-mail address. Example: name@company.ru"),
    "not_a_phone": lambda p: _("This is not a phone number. Example: +7 495 123-45-67"),
    "not_a_date": lambda p: _("This is not a date. Example: 26.11.2026"),
    "year_out_of_range": lambda p: _("The year should be from %(least)s to %(most)s.") % p,
    "not_a_number": lambda p: _("This is not a number. Example: 1 240 000,00"),
    "not_whole": lambda p: _("A whole number, please. Example: 12"),
    "ambiguous_number": lambda p: _("This number can be read in two ways. Example: 1 240 000,00"),
    "negative": lambda p: _("This cannot be less than zero."),
    "too_precise": lambda p: _("At most two digits after the point."),
    "too_big": lambda p: _("This is more than we can take: at most %(limit)s.") % p,
    "out_of_range": lambda p: _("From %(least)s to %(most)s.") % p,
    "other_currency": lambda p: _("Please write the sum in %(currency)s.") % p,
    "digits": lambda p: _("Only digits, please."),
    "length": lambda p: (
        ngettext(
            "It should have %(wanted)s digits, and here is %(length)d.",
            "It should have %(wanted)s digits, and here are %(length)d.",
            int(p["length"]),
        )
        % {"wanted": _(" or ").join(map(str, p["lengths"])), "length": p["length"]}
    ),
    "checksum": lambda p: _("The check digit does not fit: please compare with the document."),
    "bik_mismatch": lambda p: _("The account does not fit the bank with BIK %(bik)s.") % p,
}
