"""Contract forms and their editions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zabota.common.models import File
from zabota.contracts.models.routes import Route
from zabota.journal.models import Stream
from zabota.people.models import User


class ContractTemplate(models.Model):
    """What the client picks. The words beside it say what it is for, in both languages."""

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=2)
    title_ru = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    about = models.JSONField(default=dict)
    usual_days = models.PositiveSmallIntegerField(default=3)
    offered = models.BooleanField(default=True)
    foreign = models.BooleanField(default=False)
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT)

    def title(self, language: str) -> str:
        return self.title_en if language == "en" else self.title_ru


class EditionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    WITHDRAWN = "withdrawn", pgettext_lazy("edition", "withdrawn")


class TemplateEdition(models.Model):
    """One edition of a form: its text, fields, directions and route. Contracts under way keep
    theirs.

    `tree` is the ordered tree of clauses as in a Version; `fields` the declarations of its
    fields.
    """

    template = models.ForeignKey(
        ContractTemplate, on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=EditionState, default=EditionState.DRAFT)
    in_force_since = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    source = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    tree = models.JSONField()
    fields = models.JSONField(default=list)
    kept = models.JSONField(default=dict)
    route = models.ForeignKey(Route, null=True, on_delete=models.PROTECT)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="edition_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(state="in_force"), name="one_edition_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(in_force_since__isnull=False),
                name="edition_in_force_since",
            ),
        ]
