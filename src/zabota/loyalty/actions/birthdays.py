"""Points for birthdays, by the rules: to persons who told theirs."""

from datetime import date, datetime, timedelta

from zabota.clients.models import ClientKind, Contact
from zabota.loyalty.actions.earn import earn_points, local_day
from zabota.loyalty.models import EarnRule, Occasion, Transfer

# A worker that stood still congratulates a little late.
LATE = 3


def earn_birthdays(*, by: None, at: datetime) -> int:
    """Whose birthday is today gets what the rules give; says of how many. Once a year each."""
    today = local_day(at)
    if not EarnRule.objects.in_force(today).filter(occasion=Occasion.BIRTHDAY).exists():
        return 0
    days = [today - timedelta(days=ago) for ago in range(LATE)]
    named = {name: day for day in days for name in _names(day)}
    rows = Contact.objects.filter(
        birthday__in=named, removed_at=None, client__kind=ClientKind.PERSON
    )
    marks = {
        f"birthday:{one.client.whole_id}:{one.birthday}:{named[one.birthday].year}": one
        for one in rows.select_related("client").order_by("pk")
    }
    there = set(Transfer.objects.filter(mark__in=marks).values_list("mark", flat=True))
    made = [
        earn_points(
            one.client, occasion=Occasion.BIRTHDAY, mark=mark, by=by, at=at,
            day=named[one.birthday],
        )
        for mark, one in marks.items()
        if mark not in there
    ]  # fmt: skip
    return sum(batch is not None for batch in made)


def _names(day: date) -> list[str]:
    """The birthdays of a day; whoever was born on the 29th of February has theirs on the 28th of a
    year without it.
    """
    named = [f"{day:%m-%d}"]
    if named == ["02-28"] and (day + timedelta(days=1)).month == 3:
        named.append("02-29")
    return named
