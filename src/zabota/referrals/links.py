"""The address of a link, its QR code, and the marks by which a browser is known again. Nothing of
this is stored: tokens are signed from their rows.
"""

import hashlib
import secrets
from io import BytesIO

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from zabota.outreach.tokens import link_token, token_row
from zabota.referrals.models import Referral, ReferralLink

# What a token is for, not the token.
TOKEN, MINE = "recommend", "came"
DEVICE = "zabota_recommends"
YEAR = 365 * 24 * 3600


def address_of_link(link: ReferralLink, by: str = "") -> str:
    """Where it leads, with the tool it is given by, so that we know which of them bring people."""
    tail = f"?by={by}" if by else ""
    return f"{settings.ROOM_URL}/with/{link_token(TOKEN, link.pk)}/{tail}"


def link_at(token: str) -> ReferralLink | None:
    """The link of an address, while it leads somewhere."""
    rows = ReferralLink.objects.standing().select_related(
        "client__root", "contact__user", "sheet__edition"
    )
    return rows.filter(pk=token_row(TOKEN, token) or 0).first()


def path_of_mine(referral: Referral) -> str:
    """The page of whoever came: theirs alone, since only they were given its address."""
    return f"/with/mine/{link_token(MINE, referral.pk)}/"


def referral_at(token: str) -> Referral | None:
    """The referral of such a page."""
    rows = Referral.objects.select_related(
        "case__owner__user", "case__owner__team", "promise", "link__contact", "link__client__root",
        "contact",
    )  # fmt: skip
    return rows.filter(pk=token_row(MINE, token) or 0).first()


def qr_svg(url: str) -> str:
    """As inline SVG, dark on white whatever the page's colours; error correction M."""
    made = segno.make(url, error="m", micro=False)
    return str(made.svg_inline(scale=4, border=3, dark="#000", light="#fff", omitsize=True))


def qr_png(url: str) -> bytes:
    """As a picture to print: some 1,000 dots wide."""
    out = BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=20, border=3)
    return out.getvalue()


def mark_device(request: HttpRequest, response: HttpResponse, mark: str) -> HttpResponse:
    """The browser in which a link was made is known again; nobody else's browser is marked."""
    if mark != request.COOKIES.get(DEVICE):
        response.set_cookie(
            DEVICE, mark, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


def new_mark(request: HttpRequest) -> str:
    """What this browser is marked by already, else a new mark."""
    there = request.COOKIES.get(DEVICE, "")
    return there if 20 <= len(there) <= 60 else secrets.token_urlsafe(24)


def device_of(request: HttpRequest) -> str:
    """The digest of this browser's mark; empty where it has none."""
    there = request.COOKIES.get(DEVICE, "")
    return digest_of(there) if there else ""


def digest_of(mark: str) -> str:
    """What is kept of a mark."""
    return hashlib.sha256(mark.encode()).hexdigest()
