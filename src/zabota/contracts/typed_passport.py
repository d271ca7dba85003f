"""The passport of a text on the client's paper: which facts are typed by hand, and which are."""

from collections.abc import Iterable, Mapping
from typing import Any

from zabota.contracts.models import Contract, TemplateEdition
from zabota.contracts.routing import from_json

# In the order a lawyer and a controller read them.
NAMES = (
    "subject",
    "price",
    "currency",
    "vat_rate",
    "prepayment_percent",
    "deferral_days",
    "penalty_percent",
    "penalty_cap_percent",
    "term_until",
    "venue",
)
SUM = {"name": "price", "type": "money", "label": "", "args": [], "required": False}


def nearest_edition(contract: Contract) -> TemplateEdition | None:
    """The form of ours a foreign text was found to be most like."""
    if not contract.foreign_paper:
        return None
    told = contract.edition.kept.get("nearest", {}).get("edition")
    return TemplateEdition.objects.select_related("template").filter(pk=told).first()


def passport_specs(contract: Contract, nearest: TemplateEdition | None) -> list[dict[str, Any]]:
    """The facts to be typed: those of the nearest form, always the sum, and what the route asks
    of fields that the form has; a field that stands in the text itself is not asked for.
    """
    there = {spec["name"] for spec in contract.edition.fields}
    known = {spec["name"]: spec for spec in (nearest.fields if nearest else ())}
    known.setdefault("price", SUM)
    names = dict.fromkeys([*NAMES, *asked_by_route(contract.route_copy or {})])
    return [
        {**known[name], "required": False} for name in names if name in known and name not in there
    ]


def asked_by_route(spec: Mapping[str, Any]) -> list[str]:
    """The fields that conditions of a route ask about; the sum is the field `price`."""
    if not spec:
        return []
    fields = [one.field for stage in from_json(spec).stages for one in stage.conditions]
    named = ("price" if field == "sum" else field for field in fields)
    return list(dict.fromkeys(name for name in named if _is_field(name)))


def _is_field(name: str) -> bool:
    own = ("", "owner", "client.kind", "foreign_paper")
    return name not in own and not name.startswith("direction.")


def typed_values(contract: Contract) -> dict[str, str]:
    """The facts typed by hand, by name; one query, none for a text of our own."""
    if not contract.foreign_paper:
        return {}
    return dict(contract.typed_facts.values_list("name", "value"))


def still_unknown(contract: Contract, values: Mapping[str, str]) -> list[str]:
    """What the route's conditions ask and nobody has said: until then they count as met."""
    return [name for name in asked_by_route(contract.route_copy or {}) if not values.get(name)]


def stages_on(spec: Mapping[str, Any], names: Iterable[str], language: str) -> list[str]:
    """Titles of the stages that depend on these facts."""
    asked = {"sum" if name == "price" else name for name in names} | set(names)
    return [
        (stage.title_en if language == "en" else "") or stage.title_ru
        for stage in from_json(spec).stages
        if any(one.field in asked for one in stage.conditions)
    ]
