"""The language of the command line: --lang, else ZABOTA_LANGUAGE, else the terminal's locale."""

import gettext
import os
from collections.abc import Mapping, Sequence

from zabota.config.cli.checkout import PACKAGE

_ = gettext.gettext


def argparse_words() -> tuple[str, ...]:
    """What argparse itself says: named here so that it is extracted and translated with ours."""
    return (
        _("usage: "),
        _("positional arguments"),
        _("options"),
        _("show this help message and exit"),
        _("the following arguments are required: %s"),
        _("unrecognized arguments: %s"),
        _("expected one argument"),
        _("argument %(argument_name)s: %(message)s"),
        _("invalid choice: %(value)r (choose from %(choices)s)"),
        _("%(prog)s: error: %(message)s\n"),
    )


def language(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """Russian or English for this run: what was asked for, else what the terminal speaks."""
    asked = ""
    for position, word in enumerate(argv):
        if word == "--lang" and position + 1 < len(argv):
            asked = argv[position + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    for candidate in (
        asked,
        environ.get("ZABOTA_LANGUAGE", ""),
        environ.get("LC_ALL", ""),
        environ.get("LC_MESSAGES", ""),
        environ.get("LANG", ""),
    ):
        if candidate:
            return "ru" if candidate.lower().startswith("ru") else "en"
    return "en"


def speak(code: str) -> None:
    """Makes the standard gettext (ours and argparse's) answer in this language."""
    os.environ["LANGUAGE"] = code
    gettext.bindtextdomain("django", str(PACKAGE / "config" / "locale"))
    gettext.textdomain("django")
