"""Loading what an action changes: its stream is locked in the same query, and the row itself."""

from zabota.people.models import Employee, Firm, Team


def held_firm() -> Firm:
    """The firm, locked; taken first by what must be decided one at a time for the whole firm."""
    return Firm.objects.select_related("stream").select_for_update(of=("stream", "self")).get(pk=1)


def held_employee(pk: int) -> Employee:
    """An employee as they are now, locked."""
    return (
        Employee.objects.select_related("stream", "user")
        .select_for_update(of=("stream", "self"))
        .get(pk=pk)
    )


def held_team(pk: int) -> Team:
    """A team as it is now, locked."""
    return Team.objects.select_related("stream").select_for_update(of=("stream", "self")).get(pk=pk)


def actor_id(by: object) -> int | None:
    """What the journal keeps of the actor; None is the system."""
    pk: int | None = getattr(by, "pk", None)
    return pk
