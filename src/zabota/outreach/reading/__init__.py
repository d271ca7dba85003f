"""What pages show of mail: what did not leave, what came in."""

from zabota.outreach.reading.letters import count_waiting, read_letter_page, read_letters
from zabota.outreach.reading.undelivered import (
    Letter,
    count_undelivered,
    read_undelivered,
)

__all__ = [
    "Letter",
    "count_undelivered",
    "count_waiting",
    "read_letter_page",
    "read_letters",
    "read_undelivered",
]
