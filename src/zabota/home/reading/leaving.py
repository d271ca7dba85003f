"""What somebody who leaves has in hand: contracts, promises, clients, and who takes them over."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import get_language

from zabota.cases.models import Case, Holder
from zabota.clients.models import Client
from zabota.contracts.staff import staff_at
from zabota.people.access import StaffViewer
from zabota.people.actions import usual_heir
from zabota.people.models import Employee

# So many rows of each are shown; the rest is a number.
MOST = 5


@dataclass(frozen=True)
class Row:
    """One thing in their hands."""

    title: str
    number: str
    who: str
    url: str
    due: datetime | None = None


@dataclass(frozen=True)
class InHand:
    """The first rows of one sort, and how many there are of it."""

    rows: list[Row]
    count: int

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Leaving:
    """All that passes on, and to whom where nobody is named: the heir, with whoever stands in for
    them or has it instead while they are away.
    """

    contracts: InHand
    promises: InHand
    clients: InHand
    heir: Employee | None
    heir_is_here: bool
    hands: list[str]


def read_leaving(person: Employee, viewer: StaffViewer, at: datetime) -> Leaving:
    """The same few queries however much it is. Everything is counted; shown is what the viewer may
    know of.
    """
    heir = usual_heir(person)
    is_here, hands = _hands(person, heir, at) if heir else (True, [])
    return Leaving(
        _contracts(person, viewer),
        _promises(person, viewer),
        _clients(person, viewer),
        heir,
        is_here,
        hands,
    )


def _hands(person: Employee, heir: Employee, at: datetime) -> tuple[bool, list[str]]:
    """Whether the heir is here today, and who stands in for them once this person is gone."""
    staff = staff_at(at)
    left = tuple(s for s in staff.stand_ins if person.pk not in (s.lender, s.person))
    found = replace(staff, stand_ins=left).hands_of(heir.pk, "", at)
    people = Employee.objects.filter(pk__in=found).select_related("user").order_by("user__name")
    return staff.is_here(heir.pk, at), [one.name for one in people]


def _contracts(person: Employee, viewer: StaffViewer) -> InHand:
    theirs = Case.objects.filter(owner=person, closed_at=None)
    seen = Case.objects.visible_to(viewer).filter(owner=person, closed_at=None)
    rows = seen.select_related("client").order_by("-touched_at", "-pk")[:MOST]
    return InHand([_case_row(case) for case in rows], theirs.count())


def _promises(person: Employee, viewer: StaffViewer) -> InHand:
    # What they have in somebody else's place returns to that colleague.
    held = Holder.objects.filter(
        employee=person, rank_at__isnull=False, outcome="", for_employee=None
    )
    rows = (
        held.filter(case__in=Case.objects.visible_to(viewer))
        .select_related("case__client__root", "promise")
        .order_by("rank_at", "pk")[:MOST]
    )
    english = get_language() == "en"
    found = [
        Row(
            (holder.promise.words_en if english else "") or holder.promise.words_ru,
            holder.case.number,
            holder.case.client.whole.display_name,
            f"/desk/cases/{holder.case_id}/",
            holder.promise.due_at,
        )
        for holder in rows
    ]
    return InHand(found, held.count())


def _clients(person: Employee, viewer: StaffViewer) -> InHand:
    theirs = Client.objects.filter(owner=person)
    rows = (
        Client.objects.visible_to(viewer).filter(owner=person).order_by("short_name", "pk")[:MOST]
    )
    found = [Row(one.display_name, "", "", f"/desk/clients/{one.pk}/") for one in rows]
    return InHand(found, theirs.count())


def _case_row(case: Case) -> Row:
    return Row(case.title, case.number, case.client.whole.display_name, f"/desk/cases/{case.pk}/")
