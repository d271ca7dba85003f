"""Looking up what a page is about: every employee may see every colleague; a stranger is 404."""

from django.shortcuts import get_object_or_404

from zabota.people.models import Absence, Employee, Power, Substitution, Team


def found_employee(pk: int) -> Employee:
    """A colleague, also one who left."""
    people = Employee.objects.select_related(
        "user", "team", "photo", "lead__user", "place", "stream"
    )
    return get_object_or_404(people, pk=pk)


def found_team(pk: int) -> Team:
    """A team that is open."""
    return get_object_or_404(Team, pk=pk, closed_at=None)


def found_power(pk: int) -> Power:
    """A power, also one withdrawn: the action says so."""
    return get_object_or_404(Power.objects.select_related("employee__user"), pk=pk)


def found_absence(pk: int) -> Absence:
    """An absence, whatever became of it."""
    return get_object_or_404(Absence, pk=pk)


def found_substitution(pk: int) -> Substitution:
    """A substitution, whatever became of it."""
    return get_object_or_404(Substitution, pk=pk)
