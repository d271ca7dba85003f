"""The secret by which a program signs what it tells us: kept encrypted, like passwords."""

from zabota.outreach.models import Gate
from zabota.outreach.passwords import password_of
from zabota.voice.models import Source


def secret_of(source: Source) -> str:
    """In the clear, for whoever sets it up and for checking; NoPassword where it cannot be read."""
    return password_of(Gate(secret=source.secret))
