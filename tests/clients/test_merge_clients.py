"""Two cards are one client, and two again: nothing that refers to either is touched."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.serializers import serialize
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of, sent_supply
from tests.contracts.worlds import AT, HOUR, world, world_file
from tests.support.refused import refused
from zabota.cases.models import Case
from zabota.clients import actions
from zabota.clients.models import Client, Contact, Merging
from zabota.home.cases_page import PAGES
from zabota.home.reading.merge import NAMES
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.placing import contacts_at

__all__ = ["world", "world_file"]

# What remembers the mergings themselves; everything else that refers to a client stays as it was.
REMEMBERS = (Merging,)


def merged(world: World, into: str, other: str, **more: Any) -> Merging:
    more = {"by": None, "at": AT + HOUR, "reason": "один и тот же ИНН"} | more
    return actions.merge_clients(world.clients[into], world.clients[other], **more)


def undone(world: World, key: str, **more: Any) -> Client:
    return actions.undo_merge(world.clients[key], **({"by": None, "at": AT + HOUR} | more))


def referring() -> list[Any]:
    """Every model with a foreign key to a client or its person, found so that a new one is too."""
    related = (*Client._meta.related_objects, *Contact._meta.related_objects)
    models = {one.related_model for one in related} | {Client, Contact}
    return sorted(models - set(REMEMBERS), key=lambda model: model._meta.label)


def bytes_of(models: list[Any]) -> dict[str, str]:
    return {one._meta.label: serialize("json", one.objects.order_by("pk")) for one in models}


def test_their_people_and_cases_stand_together_and_it_is_remembered(world: World) -> None:
    contract = sent_supply(world)
    manager, lawyer = world.staff["manager"].user, world.staff["lawyer"].user
    with pytest.raises(PermissionDenied):
        merged(world, "vector", "romashka", by=lawyer)
    with pytest.raises(PermissionDenied):
        merged(world, "vector", "romashka", by=world.guests["anna"].user)
    with refused("no_reason"):
        merged(world, "vector", "romashka", reason=" ")
    with refused("same_client"):
        merged(world, "vector", "vector")
    john = world.as_guest("john")
    assert contract.case not in Case.objects.visible_to(john)
    merged(world, "vector", "romashka", by=manager)
    with refused("merged"):
        merged(world, "strangers", "romashka")
    john, anna = world.as_guest("john"), world.as_guest("anna")
    assert contract.case in Case.objects.visible_to(john)
    assert anna.client == john.client == world.clients["vector"]
    assert anna.contact.role == "owner" and anna.stands_for(contract.case.client_id)
    alien = world.as_guest("alien")
    assert contract.case not in Case.objects.visible_to(alien)
    assert not alien.stands_for(contract.case.client_id)
    # The signed text names the party it was made with: the case keeps its own card.
    assert Case.objects.get(pk=contract.pk).client == world.clients["romashka"]
    for key, kind in (("vector", "clients.took_in"), ("romashka", "clients.merged")):
        entry = Entry.objects.filter(stream=world.clients[key].stream_id).latest("seq")
        assert (entry.kind, entry.actor) == (kind, manager)
        assert "ИНН" not in entry.canonical
    took = Entry.objects.get(kind="clients.took_in")
    assert took.entry_kind.told is not None
    assert list(took.entry_kind.told(took)) == []
    Entry.objects.filter(pk=took.pk)
    undone(world, "romashka", by=manager)
    with refused("not_merged"):
        undone(world, "romashka")
    assert contract.case not in Case.objects.visible_to(world.as_guest("john"))


def test_who_answers_for_either_is_told(world: World) -> None:
    merged(world, "vector", "romashka", by=None)
    took = Entry.objects.get(kind="clients.took_in")
    undone(world, "romashka")
    parted = Entry.objects.get(kind="clients.merge_undone")
    for entry in (took, parted):
        assert entry.entry_kind.told is not None
        (notice,) = entry.entry_kind.told(entry)
        assert notice.user_id == world.staff["manager"].user_id


def test_mail_from_the_merged_one_still_finds_its_person(world: World) -> None:
    merged(world, "vector", "romashka")
    anna = world.guests["anna"]
    assert contacts_at("anna@romashka.example").first() == anna
    assert anna in Contact.objects.visible_to(world.as_staff("manager"))


def test_a_chain_comes_apart_at_any_link(world: World) -> None:
    def root(key: str) -> int | None:
        return Client.objects.get(pk=world.clients[key].pk).root_id

    a, b, c = (world.clients[key].pk for key in ("romashka", "vector", "strangers"))
    merged(world, "vector", "romashka")
    merged(world, "strangers", "vector")
    assert (root("romashka"), root("vector"), root("strangers")) == (c, c, None)
    assert set(Client.objects.whole_of(a)) == set(Client.objects.whole_of(c))
    undone(world, "vector")
    assert (root("romashka"), root("vector")) == (b, None)
    merged(world, "strangers", "vector")
    undone(world, "romashka")
    assert (root("romashka"), root("vector")) == (None, c)
    merged(world, "strangers", "romashka")
    undone(world, "vector")
    # What was merged into another one meanwhile does not come along.
    assert (root("romashka"), root("vector")) == (c, None)
    assert a != b


PAIRS = st.permutations(("romashka", "vector", "strangers"))


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(order=PAIRS, back=st.permutations((0, 1)))
def test_merge_then_undo_gives_back_every_byte(
    world: World, order: list[str], back: list[int]
) -> None:
    if not Case.objects.filter(kind="contract").exists():
        sent_supply(world)
    models = referring()
    assert {"cases.Case", "clients.ContactPoint"} <= {one._meta.label for one in models}
    guests = ("anna", "john", "alien")

    def seen() -> list[set[int]]:
        viewers = [world.as_staff("manager"), *map(world.as_guest, guests)]
        return [
            set(kind.objects.visible_to(viewer).values_list("pk", flat=True))
            for viewer in viewers
            for kind in (Client, Contact, Case)
        ]

    before, saw = bytes_of(models), seen()
    first, second, third = order
    with transaction.atomic():
        merged(world, second, first)
        merged(world, third, second)
        together = bytes_of(models)
        changed = {label for label in before if before[label] != together[label]}
        assert changed == {"clients.Client"}
        whole = seen()
        # Each guest sees what all three saw; nobody of ours sees less.
        assert whole[4] == whole[7] == whole[10] == saw[4] | saw[7] | saw[10]
        assert whole[2] == saw[2]
        for place in back:
            undone(world, order[place])
        assert bytes_of(models) == before
        assert seen() == saw
        transaction.set_rollback(True)


def test_a_room_costs_the_same_and_lists_what_is_one(world: World) -> None:
    contract = sent_supply(world)
    john = browser_of(world, "john")
    with CaptureQueriesContext(
        connection,
    ) as alone:
        john.get("/room/contracts/")
    merged(world, "vector", "romashka")
    with CaptureQueriesContext(connection) as together:
        page = john.get("/room/contracts/").content.decode()
    assert f"/room/contracts/{contract.pk}/" in page
    assert abs(len(together) - len(alone)) <= 3  # a list with a row in it reads its stages
    assert john.get(f"/room/contracts/{contract.pk}/").status_code == 200
    people = john.get("/room/people/").content.decode()
    assert "Анна" in people or "Anna" in people


def test_the_desk_compares_merges_and_undoes(world: World) -> None:
    contract = sent_supply(world)
    a, b = world.clients["romashka"], world.clients["vector"]
    manager, lawyer = browser_of(world, "manager"), browser_of(world, "lawyer")
    choose, pair = f"/desk/clients/{a.pk}/merge/", f"/desk/clients/{a.pk}/merge/{b.pk}/"
    for path in (choose, pair):
        assert lawyer.get(path).status_code == 403
        assert browser_of(world, "anna").get(path).status_code == 404
    assert pair in manager.get(choose, {"q": "вектор"}).content.decode()
    assert manager.get(f"/desk/clients/{a.pk}/merge/{a.pk}/").status_code == 404
    shown = manager.get(pair).content.decode()
    assert "Анна Крылова" in shown and contract.case.promises.exists()
    wrong = manager.post(pair, {"into": a.pk, "reason": ""})
    assert wrong.status_code == 422
    done = manager.post(pair, {"into": b.pk, "reason": "Один офис"})
    assert done.headers["Location"] == f"/desk/clients/{b.pk}/"
    # Whoever has the same two cards open in another window learns that they are one.
    late = manager.post(pair, {"into": a.pk, "reason": "Я тоже"}, follow=True).content.decode()
    assert "Это уже один клиент" in late
    page = manager.get(f"/desk/clients/{b.pk}/").content.decode()
    assert "Один офис" in page and "Анна Крылова" in page
    assert manager.get(f"/desk/clients/{a.pk}/").headers["Location"] == f"/desk/clients/{b.pk}/"
    found = manager.get("/desk/clients/", {"q": "ромашка"}).content.decode()
    assert f"/desk/clients/{b.pk}/" in found and f"/desk/clients/{a.pk}/" not in found
    listed = manager.get("/desk/contracts/", {"client": b.pk}).content.decode()
    assert f"/desk/contracts/{contract.pk}/" in listed and "Вектор" in listed
    undo = f"/desk/clients/{a.pk}/merge/undo/"
    assert browser_of(world, "anna").post(undo).status_code == 404
    assert lawyer.post(undo).status_code == 403
    assert manager.post(undo).headers["Location"] == f"/desk/clients/{a.pk}/"
    again = manager.post(undo, follow=True).content.decode()
    assert "Эта карточка уже отдельный клиент" in again
    assert manager.get(f"/desk/clients/{a.pk}/").status_code == 200


def test_what_is_the_merged_ones_is_found_by_the_name_of_the_whole(world: World) -> None:
    contract = sent_supply(world)
    manager, link = browser_of(world, "manager"), f"/desk/contracts/{contract.pk}/"

    def found(words: str) -> bool:
        return link in manager.get("/desk/contracts/", {"q": words}).content.decode()

    assert found("ромашка") and not found("вектор")
    merged(world, "vector", "romashka")
    assert found("ромашка") and found("вектор") and found("вектор поставки")
    assert not found("вектор зяблик")
    undone(world, "romashka")
    assert not found("вектор")


def test_signed_contracts_keep_the_party_they_were_made_with(world: World) -> None:
    contract = sent_supply(world)
    manager = browser_of(world, "manager")
    path = f"/desk/contracts/{contract.pk}/"
    romashka = world.clients["romashka"]
    assert romashka.inn in manager.get(path).content.decode()
    merged(world, "vector", "romashka")
    text = manager.get(path).content.decode()
    assert romashka.inn in text and world.clients["vector"].inn not in text


def test_what_we_do_for_a_client_is_told_in_words_whatever_it_is() -> None:
    with translation.override("ru"):
        assert str(NAMES["referral"] % {"count": 1}) == "1 рекомендация"
        assert str(NAMES["hold"] % {"count": 2}) == "2 резерва"
    assert set(NAMES) == set(PAGES)
