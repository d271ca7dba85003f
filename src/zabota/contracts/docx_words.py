"""Why a Word file is not taken, in words: for forms and for texts on a client's paper."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zabota.common.sizes import file_size
from zabota.contracts.docx.refusal import Refused

type Params = Mapping[str, Any]


def refusal_words(refused: Refused) -> str:
    """Why the file is refused, naming what and where, and what to do."""
    words = _REFUSALS.get(refused.code)
    if words is None:
        return _("The file cannot be read (%(code)s).") % {"code": refused.code}
    return words(refused.params)


def _size(p: Params, name: str) -> str:
    return file_size(p.get(name, 0))


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
    return _("A part inside the file has a dangerous name: “%(part)s”.") % {
        "part": p.get("part", "")
    }


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
    "doctype": lambda p: (
        _(
            "There are entities in “%(part)s”: Word does not write them,"
            " such files are made to do harm."
        )
        % {"part": p.get("part", "")}
    ),
    "encoding": _encoding,
    "macros": _plain(
        gettext_lazy("There are macros in the file. Please save it as .docx without macros.")
    ),
    "external_target": _external_target,
    "external_field": _external_field,
    "bad_xml": _bad_xml,
    "too_deep": lambda p: (
        _("“%(part)s” is nested too deeply to be read.") % {"part": p.get("part", "")}
    ),
    "tracked_changes": _tracked_changes,
    "alt_chunk": lambda p: (
        _(
            "Another file is inserted into “%(part)s” (altChunk). Please open it in Word and save"
            " it anew."
        )
        % {"part": p.get("part", "")}
    ),
    "sub_document": lambda p: (
        _("“%(part)s” is put together of several files. Please join them into one in Word.")
        % {"part": p.get("part", "")}
    ),
}
