"""`zabota migrate`: makes or upgrades the tables."""

from argparse import Namespace
from gettext import gettext as _
from gettext import ngettext

from zabota.config.cli.ready import migrate


def run(arguments: Namespace) -> int:
    applied = migrate()
    if applied:
        print(
            ngettext("%d change of the tables made.", "%d changes of the tables made.", applied)
            % applied
        )
    else:
        print(_("The tables are up to date."))
    return 0
