"""`zabota serve`: the site and the worker."""

import os
import socket
from argparse import Namespace
from gettext import gettext as _

from zabota.config.cli.ready import check_tables
from zabota.config.cli.trouble import Trouble
from zabota.config.serve import Child, look_after, say, web, worker


def run(arguments: Namespace) -> int:
    """Checks what would make it fail later, then serves until asked to stop."""
    check_tables()
    check_port(arguments.host, arguments.port)
    environ = dict(os.environ)
    say(_("Zabota answers at http://%s:%d/ — Ctrl-C stops it.") % (arguments.host, arguments.port))
    children: list[Child] = [web(arguments.host, arguments.port, arguments.processes, environ)]
    if not arguments.no_worker:
        children.append(worker(environ))
    return look_after(children)


def check_port(host: str, port: int) -> None:
    """A port that someone else has is named before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Trouble(
                _("Cannot listen on %(host)s:%(port)d (%(why)s). Choose another with --port.")
                % {"host": host, "port": port, "why": error.strerror}
            ) from error
