"""What referrals keep of a person is taken along and erased with them."""

import json
from dataclasses import replace

from tests.contracts.worlds import AT, HOUR
from tests.referrals.brought import FRIEND, came, follow, fresh, linked, opened
from zabota.clients.actions import erase_person, export_person
from zabota.home.work import react_to
from zabota.home.world import World
from zabota.journal.models import Entry, Particular
from zabota.journal.verify import verify_journal
from zabota.referrals.actions.answer import answer_link
from zabota.referrals.actions.links import send_letter_home
from zabota.referrals.actions.sheets import begin_sheet
from zabota.referrals.models import ReferralLink, Sheet


def test_whoever_recommends_takes_along_and_is_forgotten(world: World) -> None:
    link, anna = linked(world), world.guests["anna"]
    begin_sheet(["Поменяли за ночь"], by=world.as_guest("anna"), at=AT, shown=True, shown_as="full")
    send_letter_home(link, by=world.as_guest("anna"), at=AT)
    told = json.loads(export_person(anna, by=None, at=AT))
    assert told["recommends_by"][0]["words"] == "Работаем три года."
    assert told["answered_as_recommender"][0]["answers"] == ["Поменяли за ночь"]
    erase_person(anna, by=None, at=AT + HOUR)
    follow(AT + HOUR)
    link = ReferralLink.objects.get(pk=link.pk)
    assert (link.words, link.shown_as) == ("", "nobody") and link.revoked_at is not None
    assert Sheet.objects.get().told == []


def test_whoever_came_takes_along_and_is_forgotten(world: World) -> None:
    opened(world)
    sheet = begin_sheet([], by=world.as_guest("anna"), at=AT, shown=False, shown_as="full")
    referral = answer_link(
        sheet.link, replace(FRIEND, shares="talked"), by=None, at=AT, answers=["Темно"], shown=True
    )
    assert referral is not None
    told = json.loads(export_person(referral.contact, by=None, at=AT))
    assert told["came_by_recommendation"][0]["words"] == FRIEND.words
    assert told["answered_as_friend"][0]["answers"] == ["Темно", ""]
    erase_person(referral.contact, by=None, at=AT + HOUR)
    entry = Entry.objects.latest("pk")
    react_to(entry, AT + HOUR)
    referral = fresh(referral)
    assert (referral.words, referral.shares) == ("", "nothing")
    assert Sheet.objects.get().needed == []
    # A person’s own card names nobody any more, nor does its history.
    assert referral.case.client.name == "—" and referral.case.client.phone == ""
    assert FRIEND.name not in " ".join(Particular.objects.values_list("text", flat=True))
    assert verify_journal().broken is None


def test_a_companys_card_stays(world: World) -> None:
    referral = came(world, replace(FRIEND, company="ООО «Двор»"))
    erase_person(referral.contact, by=None, at=AT + HOUR)
    assert fresh(referral).case.client.name == "ООО «Двор»"
