"""What whoever recommends reads in their room: where it stands, as far as the friends consent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zabota.clients.access import RoomViewer
from zabota.clients.models import RoomRole
from zabota.referrals.models import (
    LinkKind,
    Referral,
    ReferralLink,
    ReferralState,
    Shares,
    Sheet,
    Side,
    Thanks,
)

MOST = 50


@dataclass(frozen=True)
class Step:
    """One step on the way, and when it was taken."""

    name: str
    on: date | None


@dataclass(frozen=True)
class Standing:
    """A friend who lets it be read, and how far it is."""

    name: str
    steps: list[Step]


@dataclass(frozen=True)
class SheetRow:
    """A joint questionnaire of theirs: its link, and what both said, as far as it may be read."""

    link: ReferralLink
    sheet: Sheet
    told: list[tuple[str, str]]
    needed: list[tuple[str, str]]


def read_standing(viewer: RoomViewer) -> list[Standing]:
    """Of what they recommended themselves: only friends who agreed, and whom we have heard say so.
    One query.
    """
    rows = (
        Referral.objects.holding()
        .filter(link__contact=viewer.contact, talked_at__isnull=False)
        .exclude(shares=Shares.NOTHING)
        .select_related("contact", "case")
        .order_by("-pk")[:MOST]
    )
    return [_standing(row) for row in rows]


def _standing(row: Referral) -> Standing:
    talked = row.talked_at.date() if row.talked_at is not None else None
    steps = [Step(_("We talked"), talked)]
    if row.shares == Shares.BOUGHT:
        steps.append(Step(_("Bought"), row.bought_on))
    return Standing(row.contact.shown_name, steps)


@dataclass(frozen=True)
class Thanked:
    """When we thanked them, and by what; for whom is not said."""

    on: date
    counted: str


def read_thanks(viewer: RoomViewer) -> list[Thanked]:
    """Thanks of the client are its owner's to see; of a person who has the room alone, theirs."""
    rows = Thanks.objects.filter(side=Side.RECOMMENDER, client__in=viewer.whole_ids)
    if viewer.contact.role != RoomRole.OWNER:
        rows = rows.filter(referral__link__contact=viewer.contact)
    found = rows.select_related("batch__unit").order_by("-at")[:MOST]
    return [Thanked(row.at.date(), counted_of(row)) for row in found]


def counted_of(thanks: Thanks) -> str:
    """What it was, in points; nothing where it was said in words."""
    batch = thanks.batch
    return batch.unit.counted(batch.amount, get_language() or "ru") if batch is not None else ""


def read_sheets(viewer: RoomViewer, language: str) -> list[SheetRow]:
    """Their joint questionnaires; the friend's half only where the friend lets it be read."""
    links = ReferralLink.objects.filter(
        contact=viewer.contact, kind=LinkKind.SHEET, revoked_at=None
    ).select_related("sheet__edition", "contact", "client__root")
    return [_sheet_row(link, language) for link in links.order_by("-pk")[:MOST]]


def _sheet_row(link: ReferralLink, language: str) -> SheetRow:
    sheet = link.sheet
    shown = sheet.needed if sheet.needed_shown else []
    return SheetRow(
        link,
        sheet,
        answered(sheet.edition.questions("told", language), sheet.told),
        answered(sheet.edition.questions("needed", language), shown),
    )


def answered(questions: Iterable[str], answers: list[str]) -> list[tuple[str, str]]:
    """Questions with what was said to them; those left open are left out."""
    pairs = zip(questions, answers, strict=False)
    return [(question, answer) for question, answer in pairs if answer]


def own_link(viewer: RoomViewer) -> ReferralLink | None:
    """The link they give to everybody, if they have made one."""
    rows = ReferralLink.objects.standing().filter(contact=viewer.contact, kind=LinkKind.OWN)
    return rows.select_related("contact", "client__root").first()


def is_over(referral: Referral) -> bool:
    """Whether whoever came has nothing to change there any more."""
    return referral.case.state == ReferralState.ENDED
