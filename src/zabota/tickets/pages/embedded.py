"""Pages that stand on other sites, in a frame: who may frame them, who posts to them.

They bear no cross-site token: nobody's right hangs on a cookie there, and browsers send none from a
frame. What keeps machines away: a signed moment, a field people do not see, limits by network and
by gate.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.csp import CSP, build_policy

from zabota.outreach.models import ConsentText, Gate
from zabota.people.actions.throttle import count_try
from zabota.people.sign_in import client_address
from zabota.people.throttle import is_throttled

LEAST, MOST = timedelta(seconds=2), timedelta(hours=24)
# Of one network, and by one gate, in an hour.
POSTS, POSTS_OF_ALL = 20, 600


def open_gate_or_404(key: str, kind: str) -> Gate:
    """The gate of this address, while it is open."""
    gate = Gate.objects.select_related("stream").filter(key=key, kind=kind, closed_at=None).first()
    if gate is None:
        raise Http404
    return gate


def consent_of(gate: Gate) -> ConsentText | None:
    """What people agree to there now; None, where they are not asked."""
    latest = gate.consents.order_by("-pk").first()
    return latest if latest is not None and latest.text else None


def framed(response: HttpResponse, gate: Gate) -> HttpResponse:
    """Only the firm's own sites may show it; nobody keeps or lists it."""
    sites = gate.options.get("sites") or []
    policy: dict[str, Any] = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF, *sites]}
    response.headers["Content-Security-Policy"] = build_policy(policy)
    response.xframe_options_exempt = True
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def begin_mark(gate: Gate, at: datetime) -> str:
    """A page's own name, with the moment it was shown, signed."""
    return _signer(gate).sign(f"{secrets.token_urlsafe(9)}.{int(at.timestamp())}")


def mark_of(gate: Gate, sent: str, at: datetime, least: float = LEAST.total_seconds()) -> str:
    """The page's name; "" for what was never shown, long ago, or faster than a person writes."""
    try:
        name, _, moment = _signer(gate).unsign(sent).partition(".")
    except BadSignature:
        return ""
    passed = at.timestamp() - int(moment)
    return name if least <= passed <= MOST.total_seconds() else ""


def too_many_posts(
    request: HttpRequest, gate: Gate, at: datetime, most: int = POSTS, what: str = "gate"
) -> bool:
    """Counts one more of `what`; whether it is one too many."""
    place, of_all = f"{what}:{gate.pk}:{client_address(request)}", f"{what}:{gate.pk}"
    full = is_throttled(place, most, at=at) or is_throttled(of_all, POSTS_OF_ALL, at=at)
    count_try(place, minutes=60, at=at)
    count_try(of_all, minutes=60, at=at)
    return full


def origin_of(text: str) -> str:
    """A site as frame-ancestors names it: its scheme and host; "" for what is none."""
    parts = urlsplit(text.strip() if "//" in text else f"https://{text.strip()}")
    plain = parts.netloc and all(one.isalnum() or one in "-.:" for one in parts.netloc)
    if parts.scheme not in ("http", "https") or not plain:
        return ""
    return f"{parts.scheme}://{parts.netloc.encode('idna').decode().lower()}"


def _signer(gate: Gate) -> Signer:
    return Signer(salt=f"gate:{gate.pk}")
