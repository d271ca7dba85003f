"""The command line of Zabota: `zabota COMMAND …`; ./zabota runs it in the project's environment.

Every command is a module here with `run(arguments) -> exit code`, loaded only when asked for:
`zabota --help` needs no database, and an app's models load only once the settings are known.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from gettext import gettext as _
from importlib import import_module

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from zabota.config.cli.checkout import in_checkout, stale_catalogs
from zabota.config.cli.parser import parser
from zabota.config.cli.trouble import Trouble, where_it_looked
from zabota.config.cli.words import language, speak

# command: (module, whether it needs Django set up before it is loaded)
COMMANDS = {
    "demo": ("demo", False),
    "serve": ("serve", True),
    "work": ("work", True),
    "migrate": ("migrate", True),
    "createowner": ("createowner", True),
    "journal": ("journal", True),
    "contracts": ("contracts", True),
    "points": ("points", True),
    "compare": ("compare", True),
    "goodwill": ("goodwill", False),
    "mail": ("mail", True),
    "test": ("tools", False),
    "check": ("tools", False),
    "bench": ("tools", False),
    "lock": ("tools", False),
    "messages": ("tools", False),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code. What a person can mend is said in a sentence."""
    argv = sys.argv[1:] if argv is None else argv
    if in_checkout() and (stale := stale_catalogs()):
        import_module("zabota.config.cli.catalogs").compile_catalogs(stale)
    chosen = language(argv, os.environ)
    speak(chosen)
    arguments = parser().parse_args(argv)
    arguments.asked_lang, arguments.lang = getattr(arguments, "lang", None), chosen
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return 130
    except Trouble as trouble:
        return complain(*map(str, trouble.args))
    except (OperationalError, ProgrammingError) as error:
        return complain(
            _("The database does not answer: %s") % str(error).strip(),
            *where_it_looked(),
            _("Check ZABOTA_DATABASE_URL and ZABOTA_HOME; “zabota migrate” makes the tables."),
        )


def run(arguments: Namespace) -> int:
    """Loads the command's module and runs it, with Django set up where the command needs it."""
    module, needs_django = COMMANDS[arguments.command]
    if needs_django:
        set_up()
    command = import_module(f"zabota.config.cli.{module}")
    return int(command.run(arguments))


def set_up() -> None:
    """Reads the settings and loads the apps; wrong settings are named in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zabota.config.settings")
    try:
        assert settings.DATABASES  # read here, so that what is wrong in them is said as such
    except (ImproperlyConfigured, ValueError, OSError) as error:
        raise Trouble(_("The settings are wrong: %s") % error) from error
    django.setup()


def complain(*sentences: str) -> int:
    for sentence in sentences:
        print(f"zabota: {sentence}", file=sys.stderr)
    return 2
