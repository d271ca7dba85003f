"""What is remembered about our people and the firm, and who is told."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Audience, Entry
from zabota.people.models import PowerKind


def _employee_told(path: str, subject: object) -> object:
    def told(entry: Entry) -> Iterable[Notice]:
        """The employee concerned, unless they did it themselves."""
        user = entry.facts["user"]
        if user != entry.actor_id:
            yield Notice(user, "staff_notice", path, subject)  # type: ignore[arg-type]

    return told


def _substitute_told(entry: Entry) -> Iterable[Notice]:
    """Whoever stands in, unless they arranged it themselves."""
    user = entry.facts["substitute_user"]
    if user != entry.actor_id:
        yield Notice(user, "staff_notice", "/desk/profile/", _("You stand in for a colleague"))


def _power_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A power by its name, as the reader's language has it."""
    return {"power": str(PowerKind(facts["power_kind"]).label)}


def _span_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """From when till when."""
    return {"since": {"at": facts["starts_at"]}, "until": {"at": facts["ends_at"]}}


def _kind(
    name: str, sentence: object, icon: str, told: object = None, words: object = None
) -> EntryKind:
    return declare(EntryKind(f"people.{name}", sentence, Audience.OURS, told, icon, words))  # type: ignore[arg-type]


FIRM_FOUNDED = _kind("firm_founded", _("The firm was set up: {actor}"), "building-2")
FIRM_CHANGED = _kind("firm_changed", _("The firm's settings were changed: {actor}"), "settings")
SPECIAL_DAY_SET = _kind(
    "special_day_set", _("A special day was set, {day}: {actor}"), "calendar-plus"
)
SPECIAL_DAY_CLEARED = _kind(
    "special_day_cleared", _("A special day was cleared, {day}: {actor}"), "calendar-minus"
)

TEAM_OPENED = _kind("team_opened", _("The team “{team_name}” was opened: {actor}"), "users")
TEAM_RENAMED = _kind("team_renamed", _("The team was renamed “{team_name}”: {actor}"), "pencil")
TEAM_CLOSED = _kind("team_closed", _("The team “{team_name}” was closed: {actor}"), "archive")

EMPLOYEE_HIRED = _kind(
    "employee_hired",
    _("Hired as {position}: {actor}"),
    "user-plus",
    _employee_told("/sign-in/", _("You have an account at work now")),
)
EMPLOYEE_CHANGED = _kind("employee_changed", _("The card was changed: {actor}"), "pencil")
PHOTO_CHANGED = _kind("photo_changed", _("The photo was changed: {actor}"), "image")
PROFILE_CHANGED = _kind(
    "profile_changed", _("Language and time zone were chosen: {actor}"), "languages"
)
PASSWORD_CHANGED = _kind(
    "password_changed",
    _("The password was changed: {actor}"),
    "key-round",
    _employee_told("/desk/profile/", _("Your password was changed")),
)
EMPLOYEE_DISMISSED = _kind(
    "employee_dismissed", _("No longer works here, access ended: {actor}"), "user-minus"
)

POWER_GRANTED = _kind(
    "power_granted",
    _("A power was granted, “{power}”: {actor}"),
    "shield-check",
    _employee_told("/desk/profile/", _("You have a new power")),
    _power_words,
)
POWER_REVOKED = _kind(
    "power_revoked",
    _("A power was withdrawn, “{power}”: {actor}"),
    "shield-off",
    _employee_told("/desk/profile/", _("A power of yours was withdrawn")),
    _power_words,
)

ABSENCE_PLANNED = _kind(
    "absence_planned",
    _("An absence was planned, {since} – {until}: {actor}"),
    "calendar-off",
    None,
    _span_words,
)
ABSENCE_CANCELLED = _kind(
    "absence_cancelled", _("An absence was cancelled: {actor}"), "calendar-check"
)
ABSENCE_BEGUN = _kind("absence_begun", _("The absence has begun"), "calendar-off")
ABSENCE_ENDED = _kind("absence_ended", _("The absence is over"), "calendar-check")

SUBSTITUTE_APPOINTED = _kind(
    "substitute_appointed",
    _("{stands_in} stands in, {since} – {until}: {actor}"),
    "user-check",
    _substitute_told,
    _span_words,
)
SUBSTITUTION_CANCELLED = _kind(
    "substitution_cancelled", _("{stands_in} no longer stands in: {actor}"), "user-x"
)
SUBSTITUTION_BEGUN = _kind(
    "substitution_begun", _("{stands_in} stands in from now on"), "user-check", _substitute_told
)
SUBSTITUTION_ENDED = _kind("substitution_ended", _("{stands_in} no longer stands in"), "user-x")
