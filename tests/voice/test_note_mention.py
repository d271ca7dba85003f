"""A mention is kept, promised thanks, and the same one is not promised them twice."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY, HOUR
from tests.voice.said import KIND, UNKIND, fresh, kinds, mention, noted
from zabota.cases.models import Holder, PromiseState
from zabota.clients.models import Client
from zabota.home.world import World
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.people.refusal import Refused
from zabota.voice.actions.join import join_mentions, part_mentions, say_apart
from zabota.voice.actions.manners import set_manners
from zabota.voice.actions.note import Where, note_mention
from zabota.voice.gathering.found import Found
from zabota.voice.models import Mention, MentionState, Twin, Way

LINK = "https://otzovik.com/review_1234.html"


def test_thanks_are_promised_from_this_moment(world: World) -> None:
    row = mention(world, author="Марина Л.", link=f"{LINK}?utm_source=alert", rating=5)
    assert (row.case.number[:2], row.case.state, row.case.audience) == ("У-", "waiting", "ours")
    assert (row.where, row.place_kind, row.language) == ("otzovik.com", "reviews", "ru")
    assert row.thanks.due_at == AT + DAY and row.thanks.audience == "ours"
    held = Holder.objects.get(promise=row.thanks)
    assert held.employee == world.staff["finance"] and held.rank_at is not None
    assert kinds(row) == ["voice.mention_found"]


def test_the_team_that_thanks_is_told(world: World) -> None:
    set_manners(120, world.teams["sales"], by=world.staff["director"].user, at=AT)
    row = mention(world, UNKIND)
    assert row.thanks.due_at == AT + 2 * HOUR
    names = Holder.objects.filter(promise=row.thanks).values_list("employee__user__name", flat=True)
    assert set(names) == {"Игорь Ким"}
    announce_entries(by=None, at=AT)
    told = Message.objects.get(purpose="mention_task")
    assert told.address.startswith("manager@") and told.path == f"/desk/mentions/{row.pk}/"


def test_an_unknown_author_is_no_client(world: World) -> None:
    row = mention(world)
    unknown = row.case.client
    assert unknown.refused_at is not None and row.confirmed_at is None
    before = Client.objects.count()
    assert mention(world, UNKIND).case.client == unknown and Client.objects.count() == before


def test_the_same_page_is_the_same_mention(world: World) -> None:
    first = noted(world, link=LINK, author="Марина")
    assert first.is_new
    for link in (f"{LINK}?utm_medium=x", LINK.replace("https://", "http://www.")):
        again = noted(world, link=link)
        assert not again.is_new and again.mention == first.mention
    another = noted(world, UNKIND, link=LINK, author="Пётр Ильин")
    assert another.is_new, "of a page with many reviews each is its own"
    assert fresh(another.mention).case.root is None


def test_the_same_words_elsewhere_are_joined(world: World) -> None:
    first = mention(world, link=LINK)
    cut = f"{KIND[:150]}…"
    told = noted(world, cut, link="https://otzyvy-svet.example/r/77")
    goes = fresh(told.mention)
    assert told.is_new and goes.case.root_id == first.pk
    assert goes.thanks.state == PromiseState.DROPPED
    assert not Holder.objects.filter(promise=goes.thanks, rank_at__isnull=False).exists()
    assert kinds(first)[-1] == "voice.mention_joined"
    assert kinds(goes)[-1] == "voice.mention_joined_to"


def test_parted_it_is_promised_thanks_again_and_joined_no_more(world: World) -> None:
    first = mention(world, link=LINK)
    goes = fresh(noted(world, link="https://otzyvy-svet.example/r/77").mention)
    due, link = goes.thanks.due_at, goes.case.links.get()
    part_mentions(link, by=world.as_staff("manager"), at=AT + HOUR)
    goes = fresh(goes)
    assert goes.case.root is None and goes.thanks.due_at == due
    assert goes.thanks.state == PromiseState.RUNNING and goes.thanks.outcome == ""
    assert Holder.objects.filter(promise=goes.thanks, rank_at__isnull=False).exists()
    assert kinds(first)[-1] == kinds(goes)[-1] == "voice.mention_parted"
    with pytest.raises(Refused):
        part_mentions(link, by=world.as_staff("manager"), at=AT)
    assert Twin.objects.get().apart_at is not None


def test_short_thanks_of_two_people_are_two(world: World) -> None:
    one = noted(world, "Спасибо, всё отлично!", author="Анна Р.")
    other = noted(world, "Спасибо, всё отлично!", author="Олег Н.")
    again = noted(world, "Спасибо! Всё отлично", author="Анна Р.", at=AT + HOUR)
    assert other.is_new and other.mention != one.mention
    assert again.mention == one.mention


def test_what_may_be_the_same_is_offered_to_a_person(world: World) -> None:
    first = mention(world, KIND, author="Марина Лебедева", link=LINK)
    other = mention(world, KIND, author="Пётр Ильин", link="https://irecommend.ru/x")
    twin = Twin.objects.get(one=first, other=other)
    assert 55 <= twin.sure < 90 and other.case.root is None
    say_apart(twin, by=world.as_staff("manager"), at=AT)
    assert Twin.objects.get().apart_at == AT


def test_joined_by_a_person_and_refused_where_it_cannot_be(world: World) -> None:
    by = world.as_staff("manager")
    first, other = mention(world), mention(world, UNKIND)
    join_mentions(first, other, by=by, at=AT)
    for stays, goes, code in ((first, first, "same"), (first, other, "joined")):
        with pytest.raises(Refused) as refused:
            join_mentions(stays, goes, by=by, at=AT)
        assert refused.value.code == code
    third = mention(world, "Совсем другое: проезжала мимо вашей вывески, красиво горит.")
    with pytest.raises(Refused) as refused:
        join_mentions(third, first, by=by, at=AT)
    assert refused.value.code == "took_in"
    blind = replace(by, read_only=True)
    with pytest.raises(PermissionDenied):
        join_mentions(first, third, by=blind, at=AT)


def test_what_a_source_told_once_it_tells_once(world: World) -> None:
    heard = Where(way=Way.HEARD, where="Парк Победы", place_kind="heard")
    with pytest.raises(Refused):
        note_mention(Found(link=LINK), heard, by=world.as_staff("finance"), at=AT)
    row = mention(world, "Женщина с собакой: «Фонари у вас как дома горят»", where=heard)
    assert (row.way, row.where, row.case.state) == ("heard", "Парк Победы", MentionState.WAITING)
    assert Mention.objects.visible_to(world.as_guest("anna")).count() == 0
    assert Mention.objects.visible_to(world.as_staff("stranger")).count() == 1
