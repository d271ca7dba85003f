"""The ways between pages of figures: each sees those that are theirs to see."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zabota.common import clock
from zabota.goodwill.rules import may_see_figures
from zabota.people.access import StaffRequest


def tabs_of(request: StaffRequest, current: str) -> list[dict[str, Any]]:
    """One's own figures always; the firm's, reviews and bonuses by power."""
    names = [("own", _("What mine brought"), "goodwill-brought")]
    if may_see_figures(request.user, clock.now()):
        names += [
            ("firm", _("What all brought"), "goodwill-firm"),
            ("review", _("Review of budgets"), "goodwill-review"),
            ("bonuses", _("Bonuses"), "goodwill-bonuses"),
        ]
    return [
        {"label": label, "url": reverse(name), "current": key == current}
        for key, label, name in names
    ]
