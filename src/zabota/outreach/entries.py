"""What is remembered about letters themselves; that one left is told by its own row."""

from django.utils.translation import gettext_lazy as _

from zabota.journal.kinds import EntryKind, declare
from zabota.journal.models import Audience

MESSAGE_SENT_AGAIN = declare(
    EntryKind(
        "outreach.message_sent_again",
        _("A letter that was not delivered is sent again[ by {actor}]"),
        Audience.OURS,
        None,
        "mail-warning",
    )
)
