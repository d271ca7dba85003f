"""The same reward whatever was written, after the thanks, never before: by construction."""

import ast
import inspect
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tests.clients.test_pages import browser_of
from tests.contracts.worlds import AT, HOUR
from tests.loyalty.shop import POINTS, TODAY
from tests.voice.said import KIND, UNKIND, fresh, kinds, mention
from zabota.goodwill.actions import GoodFields, set_good, set_terms
from zabota.goodwill.models import Gift
from zabota.home import work
from zabota.home.world import World
from zabota.loyalty.actions.units import make_rule, set_unit
from zabota.loyalty.models import Batch
from zabota.people.actions import change_firm
from zabota.voice.actions import reward
from zabota.voice.actions.guess import confirm_author
from zabota.voice.actions.manners import set_manners
from zabota.voice.actions.thank import thank_author
from zabota.voice.models import Manners, Mention

# What tells how kindly somebody wrote.
THOUGHTS = {"rating", "text", "title", "place_kind", "trouble", "words", "aside"}


@pytest.fixture
def rule(world: World) -> World:
    """Fifty points for a mention; companies may have them."""
    unit = set_unit(None, POINTS, by=None, at=AT)
    make_rule({
        "occasion": "mention", "unit": unit, "rate": None, "amount": 50, "least": Decimal(0),
        "place": None, "tier": None, "may_owe": False, "from_day": TODAY - timedelta(days=30),
        "until_day": None,
    }, by=None, at=AT)  # fmt: skip
    change_firm({"thanks_companies": True}, by=None, at=AT)
    return world


def thanked(world: World, text: str, rating: int | None, known: bool = True) -> Mention:
    by, row = world.as_staff("manager"), mention(world, text, rating=rating)
    if known:
        confirm_author(row, world.clients["romashka"], by=by, at=AT)
    thank_author(row, "Спасибо, что рассказали, как было.", "public", by=by, at=AT + HOUR)
    return row


def test_nothing_of_what_was_thought_comes_in() -> None:
    """There is no argument for it, and no word of it in the module."""
    assert list(inspect.signature(reward.give_reward).parameters) == ["client", "mark", "by", "at"]
    assert list(inspect.signature(reward.reward_author).parameters) == ["entry", "by", "at"]
    tree = ast.parse(Path(str(reward.__file__)).read_text("utf-8"))
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    named |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    named |= {word for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg
              for word in node.arg.split("__")}  # fmt: skip
    assert not named & THOUGHTS


def test_a_present_instead_of_points_is_the_same_for_every_mark(rule: World) -> None:
    set_terms({"base": Decimal(0)}, by=None, at=AT)
    director, mug = rule.staff["director"].user, GoodFields("Кружка", Decimal(650), stock=2)
    good = set_good(None, mug, by=None, at=AT)
    set_manners(480, None, by=director, at=AT, reward={"good": good})
    for number, rating in enumerate((1, 5, 3)):
        thanked(rule, f"{number} раз заказываю, и вот что скажу про свой двор.", rating)
    work.react(AT + 2 * HOUR)
    given = Gift.objects.values_list("paid_by", "kind", "good", "allowance", "contact")
    assert list(given) == [("firm", "goods", good.pk, None, None)] * 2, "and no third is left"
    assert (Batch.objects.count(), Mention.objects.filter(rewarded_at=None).count()) == (0, 1)


def test_what_could_not_be_given_says_why_and_is_given_by_one_tap(rule: World) -> None:
    set_terms({"base": Decimal(0)}, by=None, at=AT)
    director, mug = rule.staff["director"].user, GoodFields("Кружка", Decimal(650), stock=0)
    good = set_good(None, mug, by=None, at=AT)
    set_manners(480, None, by=director, at=AT, reward={"good": good})
    row = thanked(rule, UNKIND, 1)
    work.react(AT + 2 * HOUR)
    browser, page = browser_of(rule.staff["finance"].user), f"/desk/mentions/{row.pk}/"
    give = f"{page}reward/"
    told = browser.get(page).content.decode()
    assert "«Кружка» больше нет" in told and give not in told
    browser.post(give)
    assert fresh(row).rewarded_at is None and not Gift.objects.exists()
    change_firm({"thanks_companies": False}, by=None, at=AT)
    assert "компаниям" in browser.get(page).content.decode()
    change_firm({"thanks_companies": True}, by=None, at=AT)
    set_good(good, replace(mug, stock=5), by=None, at=AT)
    assert give in browser.get(page).content.decode()
    for _tap in range(2):
        assert browser.post(give).status_code == 302
    assert Gift.objects.count() == 1 and give not in browser.get(page).content.decode()


def test_what_everybody_has_is_set_among_the_sources(rule: World) -> None:
    director = browser_of(rule.staff["director"].user)
    typed = {"hours": "8", "reward": "discount", "percent": "10"}
    assert director.post("/desk/firm/mentions/", typed).status_code == 422
    assert director.post("/desk/firm/mentions/", typed | {"most": "500"}).status_code == 302
    manners = Manners.objects.get()
    assert (manners.percent, manners.most, manners.good) == (10, 500, None)
    assert director.post("/desk/firm/mentions/", {"hours": "8"}).status_code == 302
    assert Manners.objects.get().percent is None


def test_the_same_for_every_mark(rule: World) -> None:
    for number, rating in enumerate((1, 2, 3, 4, 5, None)):
        text = f"{number} раз заказываю, и вот что скажу про двор номер {number} и его фонари."
        thanked(rule, text, rating)
    work.react(AT + 2 * HOUR)
    assert sorted(Batch.objects.values_list("amount", flat=True)) == [50] * 6
    assert Mention.objects.filter(rewarded_at=None).count() == 0


@pytest.mark.parametrize("text", [KIND, UNKIND])
def test_only_after_the_thanks_and_only_once(rule: World, text: str) -> None:
    row, by = mention(rule, text), rule.as_staff("manager")
    confirm_author(row, rule.clients["romashka"], by=by, at=AT)
    work.react(AT)
    assert not Batch.objects.exists() and fresh(row).rewarded_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Mention.objects.filter(pk=row.pk).update(rewarded_at=AT)
    thank_author(fresh(row), "Спасибо, что рассказали.", "public", by=by, at=AT)
    for _ in range(2):
        work.react(AT + HOUR)
    assert Batch.objects.get().amount == 50 and kinds(row)[-1] == "voice.mention_rewarded"


def test_whoever_is_known_later_has_it_later(rule: World) -> None:
    row = thanked(rule, UNKIND, 1, known=False)
    work.react(AT + HOUR)
    assert not Batch.objects.exists()
    by = rule.as_staff("manager")
    confirm_author(fresh(row), rule.clients["romashka"], by=by, at=AT + 2 * HOUR)
    work.react(AT + 2 * HOUR)
    assert Batch.objects.get().amount == 50


def test_without_a_rule_there_is_none(world: World) -> None:
    row = thanked(world, KIND, 5)
    work.react(AT + 2 * HOUR)
    assert fresh(row).rewarded_at is None and not Batch.objects.exists()
