"""The case, what it promises, and who has it. The clock of a promise is told in `clockwork.py`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.common.names import numbered
from zabota.journal.models import Audience, Stream
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, Team

Viewer = StaffViewer | RoomViewer


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, viewer: Viewer) -> "CaseQuerySet":
        """What this viewer may know to exist at all; everything else is a 404."""
        return self.filter(seen_by(viewer))

    def whole_of(self, case: int) -> "CaseQuerySet":
        """This case and all that were merged into it."""
        return self.filter(Q(pk=case) | Q(root=case))


def seen_by(viewer: Viewer, to: str = "") -> Q:
    """The same as a condition on whatever points to its case by `to` (“case__”). It is asked of a
    row at a time: with a hundred thousand cases one of them is found as fast as with ten.
    """
    if isinstance(viewer, RoomViewer):
        return seen_by_them(viewer.client_ids, to)
    return seen_by_us(None if viewer.employee.sees_all else viewer.employee.pk, to)


def seen_by_us(me: int | None, to: str = "") -> Q:
    """The same for one of ours by number; for whoever sees every case, without one."""
    ours = ~Q(**{f"{to}audience": Audience.THEIRS})
    if me is None:
        return ours
    # Who leads sees what their people have.
    people = Employee.objects.filter(Q(pk=me) | Q(lead=me)).values("pk")
    # Whoever sees what was merged sees the one it is now.
    merged = Case.objects.filter(had_by(people), root=OuterRef(f"{to}pk"))
    return ours & (had_by(people, to) | Q(Exists(merged)))


def seen_by_them(clients: Iterable[int], to: str = "") -> Q:
    """The same for whoever may know of these clients in their room."""
    theirs = Q(**{f"{to}client__in": clients})
    return theirs & ~Q(**{f"{to}audience": Audience.OURS})


def had_by(people: Iterable[int] | models.QuerySet[Any, Any], to: str = "") -> Q:
    """Cases one of these employees answers for, has or had before them."""
    held = Holder.objects.filter(employee__in=people, case=OuterRef(f"{to}pk"))
    return Q(**{f"{to}owner__in": people}) | Q(Exists(held))


class Case(models.Model):
    """Anything being done for a client. A domain row is its other half.

    `root` is nothing until it is merged into another; then it names the one all of them are. It
    sums up the mergings among `Link` that hold; readers ask for the whole.
    """

    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=60, unique=True)
    client_number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=20)
    audience = models.CharField(max_length=6, choices=Audience, default=Audience.BOTH)
    needed_by = models.DateField(null=True)
    # The money it is about, as its domain reckons it; staff only.
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="case")
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    search = models.TextField(default="")
    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "-touched_at", "-id"], name="case_list"),
            models.Index(fields=["kind", "state", "-touched_at", "-id"], name="case_state_list"),
            models.Index(
                fields=["client", "kind", "-touched_at", "-id"], name="case_client_kind_list"
            ),
            models.Index(fields=["owner", "-touched_at", "-id"], name="case_owner_list"),
            models.Index(fields=["kind", "opened_at"], name="case_opened"),
            models.Index(fields=["kind", "closed_at"], name="case_closed"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {numbered(self.number)}"

    @property
    def whole_id(self) -> int:
        """The case it is now: itself, or what it was merged into."""
        return self.root_id or self.pk


class Moment(models.Model):
    """A named kind of promise, measured: first reply, legal approval, answer to a change."""

    slug = models.CharField(max_length=40, primary_key=True)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    weight = models.PositiveSmallIntegerField(default=1)
    # Who hears why such a promise was broken; nobody named: the lead of whoever had it.
    explained_to = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def name(self, language: str) -> str:
        """As the reader's language has it."""
        return self.name_en if language == "en" else self.name_ru


class PromiseState(models.TextChoices):
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("clock stands")
    KEPT = "kept", _("done")
    REPLACED = "replaced", _("renegotiated")
    DROPPED = "dropped", _("no longer needed")


class Overdue(models.TextChoices):
    """What happens when a promise is about to break or breaks."""

    ESCALATE = "escalate", _("the lead is told")
    REMIND = "remind", _("only whoever has it is reminded")
    WAIT = "wait", _("nothing")


class Turn(models.TextChoices):
    OURS = "ours"
    THEIRS = "theirs"


class Promise(models.Model):
    """What was promised, in words the client reads, with a due moment in working time.

    `due_at` is computed when promised; only a pause moves it, by exactly its span. Kept late is
    `settled_at > due_at`. A renegotiation is a new row that `replaces` this one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises")
    # Its index is that of the moment with the beginning.
    moment = models.ForeignKey(Moment, on_delete=models.PROTECT, db_index=False)
    words_ru = models.CharField(max_length=300)
    words_en = models.CharField(max_length=300)
    audience = models.CharField(max_length=6, choices=Audience, default=Audience.BOTH)
    turn = models.CharField(max_length=6, choices=Turn, default=Turn.OURS)
    state = models.CharField(max_length=8, choices=PromiseState)
    allowed_minutes = models.PositiveIntegerField(null=True)
    promised_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    overdue = models.CharField(max_length=8, choices=Overdue, default=Overdue.ESCALATE)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT)
    agreed_at = models.DateTimeField(null=True)
    # Minutes by which the client's worth puts it earlier in Today.
    worth_start = models.PositiveSmallIntegerField(default=0)
    # Working minutes it took, without those the clock stood: reckoned once, when it is over.
    used_minutes = models.PositiveIntegerField(null=True)
    warned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="promise_due", condition=Q(state="running")),
            models.Index(fields=["case", "state"], name="promise_case"),
            models.Index(fields=["moment", "started_at"], name="promise_of_moment"),
            models.Index(
                fields=["id"],
                name="promise_unmeasured",
                condition=Q(settled_at__isnull=False, used_minutes__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="promise_settled_when_over",
                condition=(
                    Q(state__in=["planned", "running", "paused"], settled_at__isnull=True)
                    | Q(state__in=["kept", "replaced", "dropped"], settled_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="promise_outcome_when_over",
                condition=Q(outcome="") | Q(settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="promise_running_has_clock",
                condition=(
                    ~Q(state__in=["running", "paused"])
                    | Q(started_at__isnull=False, due_at__isnull=False)
                    | Q(started_at__isnull=False, turn="theirs")
                ),
            ),
        ]

    def words(self, language: str) -> str:
        return self.words_en if language == "en" else self.words_ru

    def is_late(self, at: datetime) -> bool:
        """Broken already, or kept after its moment."""
        return self.due_at is not None and (self.settled_at or at) > self.due_at


class Pause(models.Model):
    """The clock stands from one moment to another, because we asked the client for something."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    asked = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(ended_at=None), name="one_open_pause"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="pause_ends_after_start",
            ),
        ]


class Through(models.TextChoices):
    """Why this person has it."""

    DIRECT = "direct"
    TEAM = "team"
    POWER = "power"
    SUBSTITUTION = "substitution"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"
    LAST_RESORT = "last_resort"
    # Only looks on: nothing of it is theirs to do.
    WATCH = "watch"
    # Has the case this one was merged into.
    MERGED = "merged"


class Holder(models.Model):
    """Who has it: a row per promise, seat and person. Today, access and the button read only this.

    `rank_at` is set while it is theirs to do: the due moment minus a head start by weight.
    `outcome` is the domain's word for what this person did with it; empty while they have not.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holders")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="holders")
    seat = models.PositiveSmallIntegerField(default=0)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="holds")
    through = models.CharField(max_length=14, choices=Through, default=Through.DIRECT)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT)
    for_employee = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="held_for"
    )
    rank_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["employee", "rank_at", "id"],
                name="holder_today",
                condition=Q(rank_at__isnull=False),
            ),
            models.Index(fields=["employee", "case"], name="holder_access"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "seat", "employee"], name="holder_once_per_seat"
            )
        ]
