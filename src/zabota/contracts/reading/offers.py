"""Ways in to a contract: forms side by side, contracts to repeat, contracts to amend."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zabota.cases.models import Case
from zabota.contracts.models import (
    SETTLED,
    Contract,
    EditionState,
    TemplateEdition,
)

# Forms that belong to another contract; without one they are not offered.
AMENDING = ("amendment", "specification")
# Goods are ordered by a specification under these only.
SPECIFIED = ("framework", "supply")
ABOUT = ("what_for", "payment", "term", "penalty")
MOST_EARLIER = 8


@dataclass(frozen=True)
class Offer:
    """A form as it stands beside the others: each answers the same questions."""

    edition: int
    template: int
    kind: str
    language: str
    title: str
    what_for: str
    payment: str
    term: str
    penalty: str
    usual_days: int


@dataclass(frozen=True)
class Earlier:
    """An agreed contract of this client that a new one can be like, or belong to."""

    pk: int
    number: str
    title: str
    edition: int | None
    on_paper: bool = False


def may_belong(kind: str, parent: Contract) -> bool:
    """Whether a form of this kind is an addition to this contract: it is agreed, and goods are
    ordered under it where the form is a specification.
    """
    if kind not in AMENDING or parent.case.state not in SETTLED:
        return False
    return kind != "specification" or parent.edition.template.kind in SPECIFIED


def read_offers(reader: str, client: str) -> list[Offer]:
    """Forms in force, in the reader's words; those in the client's own language stand first."""
    editions = (
        TemplateEdition.objects.filter(state=EditionState.IN_FORCE, template__offered=True)
        .exclude(template__foreign=True)
        .order_by("template_id")
        .values(
            "pk",
            "template_id",
            "template__kind",
            "template__language",
            "template__title_ru",
            "template__title_en",
            "template__about",
            "template__usual_days",
        )
    )
    offers = [_offer(row, reader) for row in editions]
    return sorted(offers, key=lambda offer: offer.language != client)


def edition_in_force(template: int) -> int | None:
    """The edition of a form that new contracts begin from; None where it is not offered."""
    found = TemplateEdition.objects.filter(
        template=template, state=EditionState.IN_FORCE, template__offered=True
    )
    return found.values_list("pk", flat=True).first()


def read_offer(edition: TemplateEdition, reader: str) -> Offer:
    """One form as its card tells of it."""
    template = edition.template
    about = {name: _words(template.about.get(name, ""), reader) for name in ABOUT}
    return Offer(
        edition=edition.pk,
        template=template.pk,
        kind=template.kind,
        language=template.language,
        title=template.title(reader),
        usual_days=template.usual_days,
        **about,
    )


def _offer(row: Mapping[str, Any], reader: str) -> Offer:
    about = {name: _words(row["template__about"].get(name, ""), reader) for name in ABOUT}
    return Offer(
        edition=row["pk"],
        template=row["template_id"],
        kind=row["template__kind"],
        language=row["template__language"],
        title=row["template__title_en" if reader == "en" else "template__title_ru"],
        usual_days=row["template__usual_days"],
        **about,
    )


def _words(told: Any, reader: str) -> str:
    if isinstance(told, dict):
        return str(told.get(reader) or told.get("ru") or "")
    return str(told)


def read_earlier(cases: QuerySet[Case], offers: list[Offer]) -> list[Earlier]:
    """The last agreed contracts: only what was agreed is repeated or amended; `cases` are those the
    viewer may know of.
    """
    in_force = {offer.template: offer.edition for offer in offers}
    rows = (
        cases.filter(kind="contract", state__in=SETTLED)
        .order_by("-touched_at", "-pk")
        .values(
            "pk",
            "number",
            "title",
            "contract__registered_number",
            "contract__edition__template_id",
            "contract__foreign_paper",
        )[:MOST_EARLIER]
    )
    return [
        Earlier(
            row["pk"],
            row["contract__registered_number"] or row["number"],
            row["title"],
            in_force.get(row["contract__edition__template_id"]),
            row["contract__foreign_paper"],
        )
        for row in rows
    ]
