"""The brochure with the client's name on it: the same words on the page and on paper."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from zabota.common import formats
from zabota.people.models import Firm
from zabota.referrals.links import address_of_link, qr_svg
from zabota.referrals.models import Brochure, ReferralLink
from zabota.referrals.paper.brochure import BrochurePage, brochure_pdf
from zabota.referrals.saying import company_of, name_shown, who_recommends


@dataclass(frozen=True)
class Told:
    """What whoever was sent to us reads first."""

    who: str
    company: str
    words: str
    title: str
    paragraphs: list[str]


def read_brochure(link: ReferralLink, firm: Firm, language: str) -> Told:
    """In the reader's language; without an edition of the firm's, only who recommends."""
    edition = Brochure.objects.order_by("-pk").first()
    name, company = name_shown(link), company_of(link)
    return Told(
        who_recommends(link, firm),
        company if name and company != name and link.shown_as == "full" else "",
        link.words,
        edition.title(language) if edition else firm.shown_name,
        paragraphs_of(edition.text(language)) if edition else [],
    )


def paragraphs_of(text: str) -> list[str]:
    """As it was typed: a line is a paragraph."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def print_brochure(link: ReferralLink, firm: Firm, language: str, *, at: datetime) -> bytes:
    """The same on one page of paper, with the QR code that leads to the page."""
    told, url = read_brochure(link, firm, language), address_of_link(link, "paper")
    details = firm.details
    reached = [formats.phone(details.get("phone", "")), details.get("email", "")]
    page = BrochurePage(
        language=language,
        firm=firm.shown_name,
        who=told.who,
        company=told.company,
        words=told.words,
        title=told.title,
        paragraphs=tuple(told.paragraphs),
        invitation=_("Point your phone’s camera here, or type the address:"),
        url=url,
        qr=qr_svg(url),
        promise=_(
            "You leave as much about yourself as you wish. Nobody writes or calls unless you ask."
        ),
        reached=" · ".join(one for one in reached if one),
    )
    return brochure_pdf(page, at=at)
