"""What somebody who leaves has in hand: contracts, promises, clients, and who takes them over."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from zabota.cases.models import Case, Holder
from zabota.clients.models import Client
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
    """All that passes on, and to whom where nobody is named."""

    contracts: InHand
    promises: InHand
    clients: InHand
    heir: Employee | None


def read_leaving(person: Employee, viewer: StaffViewer) -> Leaving:
    """Eight queries at most. Everything is counted; shown is what the viewer may know of."""
    return Leaving(
        _contracts(person, viewer),
        _promises(person, viewer),
        _clients(person, viewer),
        usual_heir(person),
    )


def _contracts(person: Employee, viewer: StaffViewer) -> InHand:
    theirs = Case.objects.filter(owner=person, closed_at=None)
    seen = Case.objects.visible_to(viewer).filter(owner=person, closed_at=None)
    rows = seen.select_related("client").order_by("-touched_at", "-pk")[:MOST]
    return InHand([_case_row(case) for case in rows], theirs.count())


def _promises(person: Employee, viewer: StaffViewer) -> InHand:
    held = Holder.objects.filter(employee=person, rank_at__isnull=False, outcome="")
    rows = (
        held.filter(case__in=Case.objects.visible_to(viewer))
        .select_related("case__client", "promise")
        .order_by("rank_at", "pk")[:MOST]
    )
    english = get_language() == "en"
    found = [
        Row(
            (holder.promise.words_en if english else "") or holder.promise.words_ru,
            holder.case.number,
            holder.case.client.display_name,
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
    return Row(case.title, case.number, case.client.display_name, f"/desk/cases/{case.pk}/")
