"""`zabota serve`: the site and the worker."""

import os
from argparse import Namespace
from gettext import gettext as _

from django.db import connection

from zabota.config.cli.ports import check_port
from zabota.config.cli.ready import check_tables
from zabota.config.cli.trouble import Trouble
from zabota.config.serve import look_after, say, web, worker
from zabota.people.models import Firm


def run(arguments: Namespace) -> int:
    """Checks what would make it fail later, then serves until asked to stop."""
    check_tables()
    if not Firm.objects.exists():
        raise Trouble(_("There is no firm yet. Run “zabota createowner” first."))
    connection.close()
    check_port(arguments.host, arguments.port)
    environ = dict(os.environ)
    children = [web(arguments.host, arguments.port, arguments.processes, environ)]
    if not arguments.no_worker:
        children.append(worker(environ))
    address = (arguments.host, arguments.port)
    return look_after(
        children,
        address,
        lambda: say(_("Zabota answers at http://%s:%d/ — Ctrl-C stops it.") % address),
    )
