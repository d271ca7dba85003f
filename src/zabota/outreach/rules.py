"""Who may see what did not leave the house, and send it again."""

from datetime import datetime

from zabota.people.models import User
from zabota.people.rules import may_change_firm


def may_send_again(user: User | None, at: datetime) -> bool:
    """Whoever looks after the firm's settings: they can mend the mail."""
    return may_change_firm(user, at)
