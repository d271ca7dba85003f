"""Variants and rules for values on the desk: written, replaced, withdrawn, by whom; suggestions."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.beforehand import clause_of, edition_of, free_values, variant, words_of_form
from tests.contracts.browsers import Visit, visit
from tests.contracts.worlds import AT, HOUR, last_entry, sent, stage
from zabota.contracts.actions import (
    accept_change,
    replace_alternative,
    set_limits,
    withdraw_alternative,
)
from zabota.contracts.actions.alternatives import AlternativeWords
from zabota.contracts.models import Alternative, Change, FieldLimit, Wording
from zabota.home.world import World
from zabota.people.refusal import Refused

__all__ = ["visit"]
ZERO, MONTH = Decimal(0), Decimal(30)
TAIL = " Но не более 5 (пяти) процентов."


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as found:
        yield
    assert found.value.code == code


def pages(world: World, form: str = "supply-ru") -> str:
    return f"/desk/forms/{world.forms[form].template_id}"


def test_a_variant_is_written_by_whoever_may_approve_its_direction(world: World) -> None:
    row = variant(world, "5.4", lambda text: text + TAIL, who="finance")
    assert (row.concern, row.seen_by, row.number) == ("finance", "staff", 1)
    assert Wording.objects.filter(digest=row.wording).exists()
    entry = last_entry("contract.alternative_written")
    assert (entry.audience, entry.facts["clause"]) == ("ours", "5.4")
    for who in ("lawyer", "manager", "director"):
        with pytest.raises(PermissionDenied):
            variant(world, "5.6", lambda text: text + TAIL, who=who)


def test_the_same_words_are_agreed_once(world: World) -> None:
    variant(world, "5.4", lambda text: text + TAIL)
    with refused("already_agreed"):
        variant(world, "5.4", lambda text: text + TAIL)
    with refused("own_words"):
        variant(world, "5.4", lambda text: text)


def test_a_newer_edition_replaces_and_nothing_is_deleted(world: World) -> None:
    old = variant(world, "5.4", lambda text: text + TAIL, who="finance")
    texts = {place: text + " Да." for place, text in words_of_form(world, "5.4").items()}
    words = AlternativeWords(texts, "Новое имя", seen_by="at_once")
    by = world.as_staff("finance")
    new = replace_alternative(old, edition_of(world, "supply-ru"), words, by=by, at=AT)
    old.refresh_from_db()
    assert (new.number, new.replaces_id, old.withdrawn_at) == (2, old.pk, AT)
    assert last_entry("contract.alternative_replaced").facts["number"] == 2
    with refused("withdrawn"):
        withdraw_alternative(old, by=by, at=AT)
    with pytest.raises(PermissionDenied):
        withdraw_alternative(new, by=world.as_staff("lawyer"), at=AT)
    withdraw_alternative(new, by=by, at=AT + HOUR)
    assert last_entry("contract.alternative_withdrawn").facts["alternative"] == new.pk
    assert Alternative.objects.count() == 2 and not Alternative.objects.in_force().exists()


def test_rules_for_values_are_set_by_their_direction(world: World) -> None:
    edition, by = edition_of(world, "supply-ru"), world.as_staff("finance")
    assert set_limits(edition, {"deferral_days": ("within", ZERO, MONTH)}, by=by, at=AT) == 1
    assert set_limits(edition, {"deferral_days": ("within", ZERO, MONTH)}, by=by, at=AT) == 0
    assert last_entry("contract.limits_set").audience == "ours"
    with pytest.raises(PermissionDenied):
        set_limits(edition, {"penalty_percent": ("any", None, None)}, by=by, at=AT)
    with refused("ends_crossed"):
        set_limits(edition, {"deferral_days": ("within", MONTH + 1, MONTH)}, by=by, at=AT)
    with refused("no_ends"):
        set_limits(edition, {"deferral_days": ("within", None, None)}, by=by, at=AT)


def test_the_desk_writes_replaces_and_withdraws(world: World, visit: Visit) -> None:
    finance, clause = visit("finance"), clause_of(world, "5.4")
    base = pages(world)
    address = f"{base}/alternatives/{clause}/"
    form = finance.get(address)
    assert form.status_code == 200 and form.context["number"] == "5.4"
    parts = {f"part-{place}": text + TAIL for place, text in form.context["parts"].items()}
    told = {
        **parts, "name_ru": "С пределом", "name_en": "Capped", "seen_by": "at_once",
        "t0-field": "prepayment_percent", "t0-op": "ge", "t0-value": "50",
        "t1-field": "", "t1-op": "ge", "t1-value": "", "t2-field": "", "t2-op": "ge",
        "t2-value": "",
    }  # fmt: skip
    wrong = finance.post(address, {**told, "name_ru": "", "t0-value": "много"})
    assert wrong.status_code == 422 and TAIL in wrong.content.decode()
    assert finance.post(address, told).status_code == 302
    row = Alternative.objects.get()
    assert row.terms == [{"field": "prepayment_percent", "op": "ge", "value": "50"}]
    listed = finance.get(f"{base}/alternatives/").content.decode()
    assert "С пределом" in listed and "Предварительная оплата" in listed
    edit = f"/desk/forms/alternatives/{row.pk}/"
    assert finance.get(edit).context["told"].terms[0].initial["value"] == "50"
    again = {**told, **{name: f"{text} Да." for name, text in parts.items()}}
    assert finance.post(edit, again).status_code == 302
    new = Alternative.objects.in_force().get()
    assert new.number == 2
    assert visit("lawyer").get(address).status_code == 403
    assert visit("lawyer").post(f"/desk/forms/alternatives/{new.pk}/withdraw/").status_code == 403
    assert finance.post(f"/desk/forms/alternatives/{new.pk}/withdraw/").status_code == 302
    assert not Alternative.objects.in_force().exists()
    assert visit("anna").get(f"{base}/alternatives/").status_code == 404
    assert visit("anna").get(f"{base}/limits/").status_code == 404


def test_the_desk_sets_rules_for_values(world: World, visit: Visit) -> None:
    finance, base = visit("finance"), pages(world)
    page = finance.get(f"{base}/limits/")
    rows = {row.told["name"]: row for row in page.context["rows"]}
    assert rows["penalty_percent"].form is None, "of another direction"
    data = {}
    for row in rows.values():
        if row.form is not None:
            data[f"{row.form.prefix}-rule"] = "ask"
    prefix = rows["deferral_days"].form.prefix
    data |= {f"{prefix}-rule": "within", f"{prefix}-least": "10", f"{prefix}-most": "5"}
    assert finance.post(f"{base}/limits/", data).status_code == 422
    data |= {f"{prefix}-most": "30"}
    assert finance.post(f"{base}/limits/", data).status_code == 302
    limit = FieldLimit.objects.get()
    assert (limit.field, limit.least, limit.most) == ("deferral_days", 10, 30)
    assert visit("stranger").post(f"{base}/limits/", data).status_code == 403
    assert FieldLimit.objects.count() == 1


def test_a_wording_agreed_to_again_is_offered_with_its_count(world: World, visit: Visit) -> None:
    def changed(text: str) -> str:
        return text + TAIL

    for _ in range(3):
        contract = sent(world, "supply-ru", reworded={"5.4": changed})
        change = Change.objects.get(contract=contract)
        assert stage(contract, "finance")
        accept_change(change, by=world.as_staff("finance"), at=AT + HOUR)
    once = sent(world, "supply-ru", reworded={"5.6": changed})
    accept_change(Change.objects.get(contract=once), by=world.as_staff("finance"), at=AT + HOUR)
    finance, base = visit("finance"), pages(world)
    page = finance.get(f"{base}/alternatives/")
    (clause,) = page.context["suggested"]
    (found,) = clause.suggestions
    assert (clause.number, found.count) == ("5.4", 3)
    address = f"{base}/alternatives/{clause.id}/?change={found.change}"
    parts = finance.get(address).context["parts"]
    assert all(text.endswith(TAIL) for text in parts.values())
    told = {f"part-{place}": text for place, text in parts.items()} | {
        "name_ru": "Как обычно", "name_en": "", "seen_by": "staff",
    }  # fmt: skip
    told |= {f"t{n}-{name}": v for n in range(3) for name, v in
             (("field", ""), ("op", "ge"), ("value", ""))}  # fmt: skip
    assert finance.post(address, told).status_code == 302
    row = Alternative.objects.get()
    assert row.wording == found.wording and row.source_id == found.change
    assert not finance.get(f"{base}/alternatives/").context["suggested"]


def test_the_list_costs_the_same_however_many_variants(world: World, visit: Visit) -> None:
    free_values(world)
    variant(world, "5.4", lambda text: text + TAIL, who="finance")
    finance, address = visit("finance"), f"{pages(world)}/alternatives/"
    finance.get(address)
    with CaptureQueriesContext(connection) as few:
        finance.get(address)
    for number in range(5):
        variant(world, "5.6", lambda text, n=number: f"{text} {n}.", who="finance")
    with CaptureQueriesContext(connection) as many:
        finance.get(address)
    assert len(few) == len(many)
