"""In the sample firm: who is on call, and a complaint whose words mean more than they say."""

import datetime as dt
from datetime import datetime, timedelta

from zabota.home.in_world import World
from zabota.tickets.actions import open_ticket
from zabota.tickets.actions.on_call import DutyTurn, add_on_call
from zabota.tickets.models import TicketType

# In the firm's language: Russian, English.
TITLE = ("Третий раз не те лампы", "The wrong lamps for the third time")
TEXT = (
    "Третий раз привезли не те лампы. Если до пятницы не замените, расторгаем договор и пишем"
    " претензию.",
    "The wrong lamps came for the third time. If they are not replaced by Friday, we terminate the"
    " contract and write a formal complaint.",
)


def build_alarms(world: World, at: datetime) -> None:
    """Made by the same actions as people use; the worker sees what the words mean."""
    for key in ("logist3", "director"):
        turn = DutyTurn(
            employee=world.staff[key],
            weekdays="0123456",
            from_time=dt.time(18),
            to_time=dt.time(9),
            wait_minutes=15,
        )
        add_on_call(turn, by=world.staff["director"].user, at=at - timedelta(days=3))
    by = world.as_guest("anna")
    kind = TicketType.objects.get(slug="complaint")
    here = int(world.firm.language == "en")
    came = at - timedelta(minutes=50)
    open_ticket(by.client, kind, TEXT[here], by=by, at=came, title=TITLE[here])
