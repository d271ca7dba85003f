"""Referrals as colleagues read them: the list, and one with everything known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Q

from zabota.clients.models import Client
from zabota.common.keyset import Leaf, Rows, leaf_of
from zabota.journal.models import Entry
from zabota.journal.reading import Line, read_lines
from zabota.people.access import StaffViewer
from zabota.referrals.models import Referral, ReferralQuerySet, ReferralState, Sheet, Thanks
from zabota.referrals.reading.checks import hit_words
from zabota.referrals.reading.room import answered, counted_of

HISTORY = 40
# What the list is narrowed to, by the word in its address.
SHOWS = {
    "waiting": Q(case__state__in=[ReferralState.RECEIVED, ReferralState.TALKED]),
    "decide": Q(case__state__in=[ReferralState.STOPPED, ReferralState.WORDS]),
    "bought": Q(
        case__state__in=[ReferralState.BOUGHT, ReferralState.THANKED, ReferralState.UNTHANKED]
    ),
    "ended": Q(case__state=ReferralState.ENDED),
}
CHIPS = {
    ReferralState.RECEIVED: "turn",
    ReferralState.STOPPED: "turn",
    ReferralState.WORDS: "turn",
    ReferralState.ENDED: "still",
    ReferralState.UNTHANKED: "still",
}


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    referral: Referral
    friend: Client
    recommender: Client
    state: str
    chip: str


def visible_referrals(viewer: StaffViewer) -> ReferralQuerySet:
    """With all that a line of a list says."""
    return Referral.objects.visible_to(viewer).select_related(
        "case__client__root", "case__owner__user", "recommender__root", "promise", "contact"
    )


def read_referrals(
    viewer: StaffViewer, show: str, params: Mapping[str, str]
) -> tuple[Leaf, list[Row]]:
    """A page of them, the newest first; two queries."""
    wanted = Referral.objects.visible_to(viewer).filter(SHOWS.get(show, Q()))
    leaf = leaf_of(
        lambda: cast(Rows, wanted.values("pk", "case__opened_at")),
        params,
        "case__opened_at",
        descending=True,
    )
    order = [row["pk"] for row in leaf.rows]
    found = visible_referrals(viewer).in_bulk(order)
    return leaf, [row_of(found[pk]) for pk in order if pk in found]


def row_of(referral: Referral) -> Row:
    """As it is told in a list."""
    state = ReferralState(referral.case.state)
    return Row(
        referral,
        referral.case.client.whole,
        referral.recommender.whole,
        str(state.label),
        CHIPS.get(state, "accent"),
    )


@dataclass(frozen=True)
class Told:
    """One referral with its checks, both halves of a questionnaire, and its history."""

    row: Row
    hits: list[str]
    told: list[tuple[str, str]]
    needed: list[tuple[str, str]]
    lines: list[Line]
    thanks: list[tuple[Thanks, str]]


def read_referral(referral: Referral, language: str, *, at: datetime) -> Told:
    """Five queries."""
    sheet = Sheet.objects.select_related("edition").filter(pk=referral.link_id).first()
    entries = Entry.objects.filter(stream=referral.case.stream_id).order_by("-at", "-pk")
    return Told(
        row_of(referral),
        hits_in_words(referral),
        answered(sheet.edition.questions("told", language), sheet.told) if sheet else [],
        answered(sheet.edition.questions("needed", language), sheet.needed) if sheet else [],
        read_lines(entries[:HISTORY], now=at),
        [
            (one, counted_of(one))
            for one in referral.thanks.select_related("client", "batch__unit").order_by("pk")
        ],
    )


def hits_in_words(referral: Referral) -> list[str]:
    """Why thanks wait for a person, with names where a ring was found."""
    met = {pk for hit in referral.hits for pk in hit.get("clients", ())}
    names = {one.pk: one.display_name for one in Client.objects.filter(pk__in=met)} if met else {}
    return [hit_words(hit, names) for hit in referral.hits]
