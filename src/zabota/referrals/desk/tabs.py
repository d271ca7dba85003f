"""Where one goes among the pages of referrals; only what this reader may open."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zabota.common import clock
from zabota.people.access import StaffRequest
from zabota.referrals.rules import may_see_worth_of_brought, may_set_terms


@dataclass(frozen=True)
class Tab:
    """A page beside the others."""

    label: str
    url: str
    current: bool


def tabs(request: StaffRequest, now: str) -> list[Tab]:
    """The page named `now` is the present one."""
    found = [
        ("list", _("Recommendations"), "/desk/referrals/"),
        ("chains", _("Chains"), "/desk/referrals/chains/"),
        ("risk", _("At risk"), "/desk/referrals/at-risk/"),
    ]
    if may_see_worth_of_brought(request.viewer):
        found.append(("worth", _("What they are worth"), "/desk/referrals/worth/"))
    if may_set_terms(request.viewer, clock.now()):
        found += [
            ("terms", pgettext("of recommending", "Terms"), "/desk/referrals/terms/"),
            ("brochure", _("Brochure"), "/desk/referrals/brochure/"),
            ("questions", _("Questionnaire"), "/desk/referrals/questionnaire/"),
        ]
    return [Tab(label, url, name == now) for name, label, url in found]
