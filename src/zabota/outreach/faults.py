"""What a mail server, a bot's or the network answered, said plainly: what to mend."""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

# What stands in the fault, and what it comes from; the first that fits.
CAUSES: Final = (
    (r"CERTIFICATE_VERIFY_FAILED|certificate verify", _("the server’s certificate is not trusted")),
    (r"WRONG_VERSION_NUMBER|SSLV3|EOF occurred in violation|record layer",
     _("the server speaks otherwise at this port: choose another port or protection")),
    (r"AUTHENTICATIONFAILED|authenticat|invalid credentials|login failed|\b535\b"
     r"|Unauthorized|\b401\b",
     _("the server does not accept this login or password")),
    (r"NONEXISTENT|does(n't| not) exist|select failed", _("there is no such folder")),
    (r"Name or service|getaddrinfo|nodename|name resolution|No address associated",
     _("no server is found by this name")),
    (r"refused", _("nobody answers at this address and port")),
    (r"timed? ?out|unreachable|No route", _("the server does not answer")),
    (r"reset by peer|Broken pipe|closed", _("the server broke the connection off")),
)  # fmt: skip


def plainly(fault: str) -> str:
    """What it comes from, in words; "" where only the answer itself tells."""
    for pattern, words in CAUSES:
        if re.search(pattern, fault, re.IGNORECASE):
            return str(words)
    return ""
