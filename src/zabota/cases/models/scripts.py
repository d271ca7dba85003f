"""What to ask and what to say on an occasion; by which edition it was followed, step by step."""

from typing import Any

from django.db import models
from django.db.models import Q

from zabota.cases.models.cases import Case, CaseQuerySet, Viewer
from zabota.journal.models import Stream
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, User


class ScriptQuerySet(models.QuerySet["Script"]):
    """Scripts in business words."""

    def visible_to(self, viewer: Viewer) -> "ScriptQuerySet":
        """Every colleague reads every script, a client none."""
        return self if isinstance(viewer, StaffViewer) else self.none()

    def offered(self) -> "ScriptQuerySet":
        """Those that are followed now, in the order of their names."""
        return self.filter(closed_at=None, edition__isnull=False).order_by("name_ru", "pk")


class Script(models.Model):
    """How an occasion is talked through. `occasions` are kinds of requests by their slugs, none is
    any; `edition` is what is followed from now on.

    `trained_only`: the words are for whoever was trained for it, see `may_talk_through`.
    """

    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    occasions = models.JSONField(default=list)
    trained_only = models.BooleanField(default=False)
    edition = models.OneToOneField(
        "ScriptEdition", null=True, on_delete=models.PROTECT, related_name="+"
    )
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="script")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = ScriptQuerySet.as_manager()

    @property
    def concern(self) -> str:
        """What a power to talk through names this script by."""
        return f"script-{self.pk}"

    def name(self, language: str) -> str:
        """As the reader's language has it; Russian where there is no other."""
        return (self.name_en if language == "en" else "") or self.name_ru

    def fits(self, occasion: str) -> bool:
        """Whether it is for this kind of request."""
        return not self.occasions or occasion in self.occasions


class ScriptEdition(models.Model):
    """A script as it was from some moment on; never changed, so that what was followed stays known.

    `content` holds its steps as `steps.py` writes them.
    """

    script = models.ForeignKey(Script, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["script", "number"], name="script_edition_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="script_edition_from_one"),
        ]


class FollowingQuerySet(models.QuerySet["Following"]):
    """Scripts followed, in business words."""

    def visible_to(self, viewer: Viewer) -> Any:
        """Those of the cases this viewer may know of; a client sees none."""
        if not isinstance(viewer, StaffViewer):
            return self.none()
        cases: CaseQuerySet = Case.objects.visible_to(viewer)
        return self.filter(case__in=cases)


class Following(models.Model):
    """A script followed in a case, by the edition that stood when its first step was done."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="followings")
    script = models.ForeignKey(Script, on_delete=models.PROTECT, related_name="followings")
    edition = models.ForeignKey(ScriptEdition, on_delete=models.PROTECT, related_name="followings")
    begun_at = models.DateTimeField()

    objects = FollowingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "script"], name="script_followed_once")
        ]


class StepDone(models.Model):
    """A step that was done: by whom, when, and what was heard; for colleagues only."""

    following = models.ForeignKey(Following, on_delete=models.PROTECT, related_name="done")
    number = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    done_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["following", "number"], name="script_step_once")
        ]
