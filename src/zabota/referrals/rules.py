"""Who may do what about referrals: asked by the button and by the action alike."""

from datetime import datetime
from decimal import Decimal

from zabota.cases.models import Case, Viewer
from zabota.clients.access import RoomViewer
from zabota.people.access import StaffViewer
from zabota.people.models import Firm, PowerKind
from zabota.people.rules import has_power, may_change_firm
from zabota.referrals.models import Referral, ReferralState

UNDER_WAY = (ReferralState.RECEIVED, ReferralState.TALKED)


def may_recommend(viewer: Viewer, firm: Firm) -> bool:
    """Anybody of a client’s people in their room, where the firm has opened it; not whoever only
    looks with the client’s eyes.
    """
    return isinstance(viewer, RoomViewer) and not viewer.read_only and firm.takes_referrals


def may_talk_to_friend(viewer: Viewer, referral: Referral) -> bool:
    """Whoever of ours sees it says that they talked, or that nothing comes of it, until the
    friend has bought.
    """
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and referral.case.state in UNDER_WAY
        and Case.objects.visible_to(viewer).filter(pk=referral.pk).exists()
    )


def may_decide_thanks(viewer: Viewer, referral: Referral, at: datetime) -> bool:
    """Thanks that a check stopped are decided about by a power to go beyond the rules, own or
    lent.
    """
    return referral.case.state == ReferralState.STOPPED and may_judge_thanks(viewer, at)


def may_judge_thanks(viewer: Viewer, at: datetime) -> bool:
    """Who is asked about thanks that a check stopped: whoever may go beyond the rules."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and has_power(viewer.employee, PowerKind.BEYOND, at, amount=Decimal(0))
    )


def may_say_thanks(viewer: Viewer, referral: Referral) -> bool:
    """Where there is nothing to give, whoever of ours sees it says thanks in words."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and referral.case.state == ReferralState.WORDS
        and Case.objects.visible_to(viewer).filter(pk=referral.pk).exists()
    )


def may_note_departure(viewer: Viewer) -> bool:
    """Any employee who hears that a client leaves, or stays after all."""
    return isinstance(viewer, StaffViewer) and not viewer.read_only


def may_note_referral(viewer: Viewer, firm: Firm) -> bool:
    """Any employee who hears from a client who sent them, where the firm has opened it."""
    return may_note_departure(viewer) and firm.takes_referrals


def may_see_worth_of_brought(viewer: Viewer) -> bool:
    """Who sees every case reads what those who were brought are worth against others."""
    return isinstance(viewer, StaffViewer) and viewer.employee.sees_all


def may_set_terms(viewer: Viewer, at: datetime) -> bool:
    """Whoever may change the firm sets on what terms it thanks, what it tells, what it asks."""
    return (
        isinstance(viewer, StaffViewer)
        and not viewer.read_only
        and may_change_firm(viewer.user, at)
    )
