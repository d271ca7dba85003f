"""Answers kept ready, with what else is done when they are given."""

from django.db import models
from django.db.models import Q

from zabota.cases.models import Viewer
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, Team
from zabota.tickets.models.tickets import Outcome, Priority


class MacroQuerySet(models.QuerySet["Macro"]):
    """Ready answers in business words."""

    def visible_to(self, viewer: Viewer) -> "MacroQuerySet":
        """The firm's and one's own; a client sees none."""
        if not isinstance(viewer, StaffViewer):
            return self.none()
        return self.given_by(viewer.employee.pk)

    def given_by(self, employee: int) -> "MacroQuerySet":
        """The firm's and this employee's own."""
        return self.filter(Q(owner=None) | Q(owner=employee))

    def offered(self) -> "MacroQuerySet":
        """Those that can be given now, by name."""
        return self.filter(closed_at=None).order_by("name_ru", "pk")


class Macro(models.Model):
    """A ready answer with places for the client's data, in one language or two; of one person, or
    without `owner` everybody's. What is set beside it is done together with it.
    """

    owner = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="macros")
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    text_ru = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    priority = models.CharField(max_length=8, choices=Priority, blank=True)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = MacroQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_ru="", text_en=""), name="macro_says_something"
            )
        ]

    def name(self, language: str) -> str:
        """As the reader's language has it; Russian where there is no other."""
        return (self.name_en if language == "en" else "") or self.name_ru

    def text(self, language: str) -> tuple[str, str]:
        """The words for who speaks this language, and in which they are."""
        own, other = (
            (self.text_en, self.text_ru) if language == "en" else (self.text_ru, self.text_en)
        )
        return (own, language) if own else (other, "ru" if language == "en" else "en")
