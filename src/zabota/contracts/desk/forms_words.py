"""Why a Word file is not taken, what to know of one that is, and what was kept: in words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zabota.contracts.docx.read import Refused

type Params = Mapping[str, Any]


def refusal_words(refused: Refused) -> str:
    """Why the file is refused, naming what and where, and what to do."""
    words = _REFUSALS.get(refused.code) or _REMARKS.get(refused.code)
    if words is None:
        return _("The file cannot be read (%(code)s).") % {"code": refused.code}
    return words(refused.params)


def remark_words(code: str, params: Params) -> str:
    """What the person who uploads should know, or has to mend."""
    words = _REMARKS.get(code)
    return words(params) if words else _("Please look at the text closely (%(code)s).") % {"code": code}


def kept_name(kind: str) -> str:
    """What a kept thing is."""
    return str(KEPT.get(kind, kind))


KEPT: dict[str, LazyText] = {
    "picture": gettext_lazy("Picture"),
    "text_box": gettext_lazy("Text box"),
    "smart_art": gettext_lazy("SmartArt"),
    "chart": gettext_lazy("Chart"),
    "ole": gettext_lazy("Embedded object"),
    "control": gettext_lazy("Control"),
    "ink": gettext_lazy("Handwriting"),
    "drawing": gettext_lazy("Drawing"),
    "formula": gettext_lazy("Formula"),
    "field": gettext_lazy("Field of Word"),
    "symbol": gettext_lazy("Symbol"),
}


def _size(p: Params, name: str) -> str:
    return filesizeformat(p.get(name, 0))


def _too_large(p: Params) -> str:
    return _("The file has %(size)s; we take %(limit)s at most.") % {
        "size": _size(p, "size"),
        "limit": _size(p, "limit"),
    }


def _too_many_parts(p: Params) -> str:
    return _("There are %(count)s parts inside the file; we take %(limit)s at most.") % p


def _too_big_inside(p: Params) -> str:
    return _("Unpacked, the file has %(size)s; we take %(limit)s at most.") % {
        "size": _size(p, "size"),
        "limit": _size(p, "limit"),
    }


def _zip_bomb(p: Params) -> str:
    return _(
        "Unpacked, the file becomes %(ratio)s times larger; we take %(limit)s times at most."
        " Such files are made to do harm."
    ) % {"ratio": p.get("ratio", "?"), "limit": p.get("limit", "?")}


def _bad_name(p: Params) -> str:
    return _("A part inside the file has a dangerous name: “%(part)s”.") % {"part": p.get("part", "")}


def _encoding(p: Params) -> str:
    return _("“%(part)s” is written in an encoding we do not take: %(encoding)s.") % {
        "part": p.get("part", ""),
        "encoding": p.get("encoding", ""),
    }


def _external_target(p: Params) -> str:
    return _(
        "The file loads something from outside (%(kind)s: %(target)s). Please put it into the file"
        " or remove it."
    ) % {"kind": p.get("kind", ""), "target": p.get("target", "")}


def _external_field(p: Params) -> str:
    return _(
        "A field of Word takes its text from elsewhere: “%(field)s”. Please replace it by its text."
    ) % {"field": p.get("field", "")}


def _tracked_changes(p: Params) -> str:
    count = int(p.get("count", 0))
    words = ngettext(
        "There is %(count)d tracked change in the file. Please accept or reject it in Word: a form"
        " begins from a clean text.",
        "There are %(count)d tracked changes in the file. Please accept or reject them in Word: a"
        " form begins from a clean text.",
        count,
    ) % {"count": count}
    authors = ", ".join(map(str, p.get("authors", ())))
    return f"{words} {_('Changed by: %(names)s.') % {'names': authors}}" if authors else words


def _bad_xml(p: Params) -> str:
    return _("The part “%(part)s” is damaged. Please open the file in Word and save it anew.") % {
        "part": p.get("part", "")
    }


def _plain(words: LazyText) -> Callable[[Params], str]:
    return lambda params: str(words)


_SAVE_ANEW = gettext_lazy("The file is damaged. Please open it in Word and save it anew.")
_REFUSALS: dict[str, Callable[[Params], str]] = {
    "empty": _plain(gettext_lazy("The file is empty.")),
    "too_large": _too_large,
    "not_a_zip": _plain(gettext_lazy("This is not a Word file (.docx).")),
    "not_a_docx": _plain(gettext_lazy("This is not a Word document: there is no text in it.")),
    "old_doc": _plain(
        gettext_lazy("This is an old Word file (.doc). Please save it in Word as .docx.")
    ),
    "encrypted": _plain(
        gettext_lazy("The file is locked with a password. Please save it without one.")
    ),
    "too_many_parts": _too_many_parts,
    "too_big_inside": _too_big_inside,
    "zip_bomb": _zip_bomb,
    "bad_name": _bad_name,
    "damaged": _plain(_SAVE_ANEW),
    "doctype": lambda p: _(
        "There are entities in “%(part)s”: Word does not write them, such files are made to do harm."
    )
    % {"part": p.get("part", "")},
    "encoding": _encoding,
    "macros": _plain(
        gettext_lazy("There are macros in the file. Please save it as .docx without macros.")
    ),
    "external_target": _external_target,
    "external_field": _external_field,
    "bad_xml": _bad_xml,
    "too_deep": lambda p: _("“%(part)s” is nested too deeply to be read.")
    % {"part": p.get("part", "")},
    "tracked_changes": _tracked_changes,
    "alt_chunk": lambda p: _(
        "Another file is inserted into “%(part)s” (altChunk). Please open it in Word and save it anew."
    )
    % {"part": p.get("part", "")},
    "sub_document": lambda p: _(
        "“%(part)s” is put together of several files. Please join them into one in Word."
    )
    % {"part": p.get("part", "")},
}


def _token(p: Params) -> str:
    return str(p.get("token", p.get("name", "")))


_REMARKS: dict[str, Callable[[Params], str]] = {
    "field_syntax": lambda p: _(
        "“%(token)s” is no field: it should look like {{ price: money }}, with two brackets each side."
    )
    % {"token": _token(p)},
    "field_type": lambda p: _("The field “%(token)s” has a type we do not know: %(type)s.")
    % {"token": _token(p), "type": p.get("type", "")},
    "field_choices": lambda p: _(
        "The field “%(token)s” is a choice: please name at least two, as in choice(one, two)."
    )
    % {"token": _token(p)},
    "field_conflict": lambda p: _(
        "The field “%(name)s” is declared twice, differently the second time: “%(token)s”."
    )
    % {"name": p.get("name", ""), "token": _token(p)},
    "hidden_text": lambda p: ngettext(
        "%(count)d piece of hidden text was read as plain text: please see that it belongs there.",
        "%(count)d pieces of hidden text were read as plain text: please see that they belong there.",
        _count(p),
    )
    % {"count": _count(p)},
    "words_under_merge": lambda p: ngettext(
        "%(count)d merged cell hides words that Word does not show: they were added to the cell.",
        "%(count)d merged cells hide words that Word does not show: they were added to the cells.",
        _count(p),
    )
    % {"count": _count(p)},
    "contents": lambda p: _(
        "The table of contents was left out: it is made of the clauses when a file is written."
    ),
    "comments": lambda p: ngettext(
        "%(count)d comment of Word was left out.",
        "%(count)d comments of Word were left out.",
        _count(p),
    )
    % {"count": _count(p)},
    "number_format": lambda p: _(
        "A kind of numbering we do not know (%(format)s) is shown in plain figures."
    )
    % {"format": p.get("format", "")},
    "header_or_footer": lambda p: _(
        "Headers and footers are kept as they are and are not edited here."
    ),
}


def _count(p: Params) -> int:
    return int(p.get("count", 0))
