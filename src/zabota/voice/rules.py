"""Who may do what with mentions. What an author thought of us is nowhere asked."""

from datetime import datetime

from zabota.clients.access import RoomViewer
from zabota.clients.rules import may_add_clients
from zabota.people.access import StaffViewer
from zabota.people.models import User
from zabota.people.rules import may_change_firm
from zabota.voice.models import Mention, MentionState

Viewer = StaffViewer | RoomViewer


def may_note_mention(viewer: Viewer) -> bool:
    """Any employee enters what they read or heard of us, an accountant as much as a manager."""
    return isinstance(viewer, StaffViewer) and not viewer.read_only


def may_thank_author(viewer: Viewer, mention: Mention) -> bool:
    """Any employee, while nobody has thanked yet."""
    return may_note_mention(viewer) and mention.case.state == MentionState.WAITING


def may_correct_mention(viewer: Viewer, mention: Mention) -> bool:
    """Any employee, while it is not thanked for: what was thanked for stays as it was read."""
    return may_thank_author(viewer, mention)


def may_confirm_author(viewer: Viewer, mention: Mention) -> bool:
    """Any employee who knows the author; of a mention that was joined, in the one it is now."""
    return may_note_mention(viewer) and mention.case.root_id is None


def may_set_aside_mention(viewer: Viewer, mention: Mention) -> bool:
    """Any employee, while nobody has thanked yet; it stays counted and can be brought back."""
    return may_thank_author(viewer, mention)


def may_bring_back_mention(viewer: Viewer, mention: Mention) -> bool:
    """Any employee, of what was set aside."""
    return may_note_mention(viewer) and mention.case.state == MentionState.ASIDE


def may_reward_author(viewer: Viewer, mention: Mention) -> bool:
    """Any employee gives what everybody has, where it could not be given after the thanks; whatever
    was written.
    """
    return (
        may_note_mention(viewer)
        and mention.thanked_at is not None
        and mention.confirmed_at is not None
        and mention.case.root_id is None
    )


def may_join_mentions(viewer: Viewer) -> bool:
    """Any employee says that two are one, and takes it back."""
    return may_note_mention(viewer)


def may_open_trouble(viewer: Viewer, mention: Mention) -> bool:
    """Any employee, where trouble is told, thanked already or not; set aside is not about us."""
    return (
        may_note_mention(viewer)
        and mention.case.root_id is None
        and mention.case.state != MentionState.ASIDE
    )


def may_set_up_sources(user: User | None, at: datetime) -> bool:
    """Whoever looks after the firm's settings: sources, words of thanks, who thanks, how soon."""
    return may_change_firm(user, at)


def may_bring_tables(user: User | None, at: datetime) -> bool:
    """Whoever has the power over clients, or looks after the firm's settings."""
    return may_add_clients(user, at) or may_change_firm(user, at)
