"""How whoever recommends is named, and the words of the letter they forward."""

from django.utils.translation import gettext as _

from zabota.clients.models import ClientKind
from zabota.common.language.tokens import address_of
from zabota.people.models import Firm
from zabota.referrals.models import ReferralLink, ShownAs


def name_shown(link: ReferralLink) -> str:
    """Whoever recommends, as they let themselves be read; empty where they do not."""
    match link.shown_as:
        case ShownAs.FULL:
            name = link.contact.shown_name
        case ShownAs.FIRST:
            name = address_of(link.contact.shown_name)
        case ShownAs.COMPANY:
            name = company_of(link)
        case _:
            name = ""
    return "" if name == "—" else name


def company_of(link: ReferralLink) -> str:
    """The company behind the link; a person is none."""
    client = link.client.whole
    return client.display_name if client.kind == ClientKind.COMPANY else ""


def who_recommends(link: ReferralLink, firm: Firm) -> str:
    """The line on top of the page and of the brochure."""
    name = name_shown(link)
    if not name:
        return _("A client of %(firm)s recommends us to you") % {"firm": firm.shown_name}
    return _("%(name)s recommends us to you") % {"name": name}


def letter_words(link: ReferralLink, firm: Firm) -> str:
    """The letter to forward, without its link: in the first person, signed as they wish."""
    said = [
        _("Hello!"),
        _("We work with %(firm)s, and I recommend them.") % {"firm": firm.shown_name},
    ]
    if link.words:
        said.append(link.words)
    said.append(
        _(
            "By this link you can read who they are and leave as much about yourself as you wish;"
            " nobody will write or call unless you ask."
        )
    )
    if name := name_shown(link):
        said.append(name)
    return "\n\n".join(said)
