"""Ports of this machine."""

import socket
from gettext import gettext as _

from zabota.config.cli.trouble import Trouble


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
