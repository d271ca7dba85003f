"""Why an operator's archive is not taken, in the reader's language, and what to do."""

from django.utils.translation import gettext as _

from zabota.common.sizes import file_size
from zabota.contracts.exchange import ExchangeRefused


def exchange_words(refused: ExchangeRefused) -> str:
    """What is wrong with the archive, by its code."""
    told = dict(refused.params)
    if "limit" in told and refused.code in ("too_large", "too_big_inside"):
        told["limit"] = file_size(int(str(told["limit"])))
    return _WORDS.get(refused.code, _damaged)() % told


def _damaged() -> str:
    return _("The archive cannot be opened. Please download it once more.")


_WORDS = {
    "not_a_zip": lambda: _("This is not a ZIP archive. Please bring the archive as it was given."),
    "too_large": lambda: _("The archive is too large: we take at most %(limit)s."),
    "too_big_inside": lambda: _("Unpacked the archive is too large: at most %(limit)s."),
    "too_many": lambda: _("The archive has %(count)s files, we take at most %(limit)s."),
    "zip_bomb": lambda: _("The archive unpacks to many times its size; it was not opened."),
    "encrypted": lambda: _("The archive has a password. Please download it without one."),
    "bad_name": lambda: _("The archive has a file with a name that leads out of it: %(name)s"),
    "no_document": lambda: _(
        "The document that was given to the operator is not in the archive. Nothing was kept."
    ),
    "other_document": lambda: _(
        "The document in the archive (%(names)s) is not the file that was given to the operator: "
        "it differs, byte by byte. Nothing was kept."
    ),
    "no_signatures": lambda: _("There is no signature (.sig) in the archive. Nothing was kept."),
}
