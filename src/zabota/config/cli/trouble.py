"""What goes wrong at the command line and can be mended by whoever typed it."""

from gettext import gettext as _

from django.conf import settings

from zabota.config.cli.checkout import demo_place


class Trouble(Exception):
    """Something the person at the terminal has to know; sentences, no traceback."""


def where_it_looked() -> list[str]:
    """Which database was asked, without its password; and where a demo lives, if there is one."""
    database = settings.DATABASES["default"]
    host = f" ({database['HOST']})" if database.get("HOST") else ""
    words = [_("It looked in %s.") % f"{database['NAME']}{host}"]
    demo = demo_place()
    if demo.exists() and demo != settings.HOME:
        words.append(
            _("The demo lives in %(demo)s; to work on it: ZABOTA_HOME=%(demo)s zabota …")
            % {"demo": demo}
        )
    return words
