"""Approval routes as data: a route has immutable editions; a contract takes a copy."""

from django.db import models
from django.db.models import Q

from zabota.journal.models import Stream
from zabota.people.models import User


class Route(models.Model):
    """A way of agreeing: who looks, in which order, for how long. Edited in the desk without
    code.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name_ru = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    current = models.ForeignKey(
        "RouteEdition", null=True, on_delete=models.PROTECT, related_name="+"
    )
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT)
    # Texts on a client's paper take this route, whatever form they are like.
    for_papers = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["for_papers"], condition=Q(for_papers=True), name="one_route_for_papers"
            )
        ]

    def name(self, language: str) -> str:
        return (self.name_en if language == "en" else "") or self.name_ru


class RouteEdition(models.Model):
    """One edition of a route: `spec` is the data that `contracts/routing` reads. Never changed."""

    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    spec = models.JSONField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["route", "number"], name="route_edition_once")
        ]
