"""A form in which things were agreed beforehand: variants, limits, a route with the fast lane."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.contracts.worlds import AT, DAY
from zabota.contracts.actions import save_route, set_limits, write_alternative
from zabota.contracts.actions.alternatives import AlternativeWords
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Alternative, Contract, Route, TemplateEdition
from zabota.contracts.stored import load_texts, load_wordings, node_of
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.home.world import World

BEFORE = AT - DAY
ANY = ("any", None, None)


def fast(world: World, slug: str = "standard", most: str | None = "2000000") -> None:
    """From now on the route lets pass what was agreed beforehand."""
    found = Route.objects.select_related("current").get(slug=slug)
    assert found.current is not None
    spec = {**found.current.spec, "fast_lane": {"most": most}}
    save_route(slug, spec, by=None, at=BEFORE, names=(found.name_ru, found.name_en))


def slow(world: World, slug: str = "standard") -> None:
    """From now on everybody is asked about everything."""
    found = Route.objects.select_related("current").get(slug=slug)
    assert found.current is not None
    spec = {name: part for name, part in found.current.spec.items() if name != "fast_lane"}
    save_route(slug, spec, by=None, at=BEFORE, names=(found.name_ru, found.name_en))


def free_values(world: World, form: str = "supply-ru", **rules: tuple[str, Any, Any]) -> None:
    """Whatever is typed is agreed, but for the fields named."""
    edition = edition_of(world, form)
    told = {spec["name"]: ANY for spec in edition.fields if "." not in spec["name"]}
    told |= {
        name: (rule, *(Decimal(end) if end is not None else None for end in ends))
        for name, (rule, *ends) in rules.items()
    }  # type: ignore[misc]
    set_limits(edition, told, by=None, at=BEFORE)


def edition_of(world: World, form: str) -> TemplateEdition:
    return TemplateEdition.objects.select_related("template", "route__current").get(
        pk=world.forms[form].pk
    )


def clause_of(world: World, number: str, form: str = "supply-ru") -> str:
    """The id of the form's clause with this number."""
    (text,) = load_texts(edition_of(world, form).tree)
    shown = numbers(text.document)
    return next(clause for clause, seen in shown.items() if plain_number(seen) == number)


def words_of_form(world: World, number: str, form: str = "supply-ru") -> dict[str, str]:
    node = node_of(edition_of(world, form).tree, clause_of(world, number, form))
    assert node is not None
    return plain_parts(blocks_from_json(load_wordings([node["w"]])[node["w"]]))


def variant(
    world: World,
    number: str,
    change: Callable[[str], str],
    *,
    form: str = "supply-ru",
    who: str = "",
    name: str = "Наш вариант",
    **more: Any,
) -> Alternative:
    """An agreed variant of the form's clause with this number."""
    texts = {place: change(text) for place, text in words_of_form(world, number, form).items()}
    words = AlternativeWords(texts, name, f"{name} (en)", **more)
    by = world.as_staff(who) if who else None
    clause = clause_of(world, number, form)
    return write_alternative(edition_of(world, form), clause, words, by=by, at=BEFORE)


def draft_words(contract: Contract, clause: str) -> dict[str, str]:
    """What stands in the client's draft of this clause now."""
    work = open_draft(contract, "theirs")
    assert work is not None
    node = node_of(work.tree, clause)
    assert node is not None
    return plain_parts(blocks_from_json(work.wordings[node["w"]]))
