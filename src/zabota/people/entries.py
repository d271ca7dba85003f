"""What is remembered about our people and the firm, and who is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zabota.common.formats import money
from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Audience, Entry
from zabota.journal.reading import day_ref, moment_ref
from zabota.people.concerns import concern_name
from zabota.people.models import PowerKind, SpecialDay


def _employee_told(path: str, subject: object, words: object = "") -> object:
    def told(entry: Entry) -> Iterable[Notice]:
        """The employee concerned, unless they did it themselves."""
        user = entry.facts["user"]
        if user != entry.actor_id:
            yield Notice(user, "staff_notice", path, subject, _in_both(words))  # type: ignore[arg-type]

    return told


def _in_both(words: object) -> dict[str, str]:
    """Words in both languages, as a notice keeps them; nothing where there are none."""
    said = {}
    for language in ("ru", "en") if words else ():
        with override(language):
            said[language] = str(words)
    return said


def _substitute_told(entry: Entry) -> Iterable[Notice]:
    """Whoever stands in, unless they arranged it themselves."""
    user = entry.facts["substitute_user"]
    if user != entry.actor_id:
        words = _(
            "From the first day on, what waits for your colleague is on your page Today as well; "
            "you may do what was lent to you."
        )
        subject = _("You stand in for a colleague")
        yield Notice(user, "staff_notice", "/desk/profile/", subject, _in_both(words))


def _substitute_told_of_the_day(entry: Entry) -> Iterable[Notice]:
    """That the day has come, unless they were told of it on that very day."""
    earlier = Entry.objects.filter(
        stream=entry.stream_id, seq__lt=entry.seq, kind=SUBSTITUTE_APPOINTED.name
    )
    this = entry.facts["substitution"]
    known = next((row for row in earlier if row.facts["substitution"] == this), None)
    if known is None or known.at < datetime.fromisoformat(entry.facts["starts_at"]):
        path, user = "/desk/profile/", entry.facts["substitute_user"]
        words = _(
            "What waits for your colleague is on your page Today as well from now on; "
            "you may do what was lent to you."
        )
        subject = _("From today you stand in for a colleague")
        yield Notice(user, "staff_notice", path, subject, _in_both(words))


def _power_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A power by its name, with the direction it is for; up to which sum, from and till which day.

    Days are told where they say something: the first one where it was not the day of granting.
    """
    name = str(PowerKind(facts["power_kind"]).label)
    concern = facts.get("concern")
    told: dict[str, Any] = {
        "power": f"{name}: {concern_name(concern)}" if concern else name,
    }
    if facts.get("limit") is not None:
        told["most"] = money(Decimal(facts["limit"]), facts.get("currency") or "RUB", language)
    if facts.get("later"):
        told["since"] = _day_of(facts["valid_from"])
    if facts.get("valid_until"):
        told["until"] = _day_of(facts["valid_until"], last=True)
    return told


def _training_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """Until which day a passed drill counts."""
    return {"until": _day_of(facts["good_until"], last=True)}


def _day_of(moment: str, *, last: bool = False) -> dict[str, str]:
    """The day of a moment in the reader's zone; of an end, the last day before it."""
    at = datetime.fromisoformat(moment) - timedelta(microseconds=1 if last else 0)
    return day_ref(at.astimezone(timezone.get_current_timezone()).date())


def _span_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """From when till when, the first and the last day as they were typed; and whose time it is."""
    whose = {"whom": {"user": facts["user"]}}
    zone = timezone.get_current_timezone()
    starts, ends = (
        datetime.fromisoformat(facts[name]).astimezone(zone) for name in ("starts_at", "ends_at")
    )
    if starts.time() == ends.time() == time.min:
        last = ends.date() - timedelta(days=1)
        return {"since": day_ref(starts.date()), "until": day_ref(last), **whose}
    return {"since": moment_ref(starts), "until": moment_ref(ends), **whose}


def _day_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A day of the firm's calendar as a reader writes it, and what it was made."""
    kinds = dict(SpecialDay._meta.get_field("kind").choices or ())
    name = str(kinds.get(facts.get("day_kind"), "")).lower()
    return {"day": {"day": facts["day"]}, "day_name": name}


def _kind(
    name: str, sentence: object, icon: str, told: object = None, words: object = None
) -> EntryKind:
    return declare(EntryKind(f"people.{name}", sentence, Audience.OURS, told, icon, words))  # type: ignore[arg-type]


FIRM_FOUNDED = _kind("firm_founded", _("The firm was set up[ by {actor}]"), "building-2")
FIRM_CHANGED = _kind("firm_changed", _("The firm’s settings were changed[ by {actor}]"), "settings")
SPECIAL_DAY_SET = _kind(
    "special_day_set",
    _("A special day was set ({day}, {day_name})[ by {actor}]"),
    "calendar-plus",
    words=_day_words,
)
SPECIAL_DAY_CLEARED = _kind(
    "special_day_cleared",
    _("A special day was cancelled ({day})[ by {actor}]"),
    "calendar-minus",
    words=_day_words,
)

TEAM_OPENED = _kind("team_opened", _("The team “{team_name}” was opened[ by {actor}]"), "users")
TEAM_RENAMED = _kind("team_renamed", _("The team was renamed “{team_name}”[ by {actor}]"), "pencil")
TEAM_CLOSED = _kind("team_closed", _("The team “{team_name}” was closed[ by {actor}]"), "archive")

KEY_MADE = _kind("key_made", _("A key was made for the program “{called}”[: {actor}]"), "key-round")
KEY_CLOSED = _kind(
    "key_closed", _("The key of the program “{called}” was closed[: {actor}]"), "key-round"
)

SKILL_SET = _kind("skill_set", _("A skill is called “{called}”[; entered by {actor}]"), "wrench")
SKILL_CLOSED = _kind(
    "skill_closed", _("The skill “{called}” is no longer used[. {actor}]"), "archive"
)
SKILLS_SET = _kind("skills_set", _("Skills were set[: {skills}][; entered by {actor}]"), "wrench")
PLACE_SET = _kind("place_set", _("A place is called “{called}”[; entered by {actor}]"), "map-pin")
PLACE_CLOSED = _kind("place_closed", _("The place “{called}” is closed[. {actor}]"), "archive")

EMPLOYEE_HIRED = _kind(
    "employee_hired",
    _("Hired as “{position}”[ by {actor}]"),
    "user-plus",
    _employee_told(
        "/sign-in/",
        _("You have an account at work now"),
        _("The first time, choose “No password yet, or forgot it” and give this e-mail address."),
    ),
)
EMPLOYEE_CHANGED = _kind(
    "employee_changed", _("The employee’s card was changed[ by {actor}]"), "pencil"
)
PHOTO_CHANGED = _kind("photo_changed", _("The photo was changed[ by {actor}]"), "image")
PROFILE_CHANGED = _kind(
    "profile_changed", _("Language and time zone were chosen[ by {actor}]"), "languages"
)
QUIET_CHOSEN = _kind(
    "quiet_chosen",
    _("Own quiet hours were chosen[, from {begins} to {ends}][, by {actor}]"),
    "moon",
)
PASSWORD_CHANGED = _kind(
    "password_changed",
    _("The password was changed[ by {actor}]"),
    "key-round",
    _employee_told("/desk/profile/", _("Your password was changed")),
)
EMPLOYEE_DISMISSED = _kind(
    "employee_dismissed",
    _("The employee no longer works here, access was closed[ by {actor}]"),
    "user-minus",
)

POWER_GRANTED = _kind(
    "power_granted",
    _(
        "The power “{power}” was granted[, up to {most}][, from {since}][, until {until}]"
        "[, with a passed drill: {drill}][ by {actor}]"
    ),
    "shield-check",
    _employee_told("/desk/profile/", _("You have a new power")),
    _power_words,
)
POWER_BEGUN = _kind(
    "power_begun",
    _("The power “{power}” is in force from now on"),
    "shield-check",
    words=_power_words,
)
POWER_ENDED = _kind(
    "power_ended", _("The time of the power “{power}” is over"), "shield-off", words=_power_words
)
POWER_REVOKED = _kind(
    "power_revoked",
    _("The power “{power}” was withdrawn[ by {actor}]"),
    "shield-off",
    _employee_told("/desk/profile/", _("A power of yours was withdrawn")),
    _power_words,
)

POWER_DRILL_SET = _kind(
    "power_drill_set",
    _("The power “{power}” works only with a passed drill: {drill}[; set by {actor}]"),
    "graduation-cap",
    _employee_told("/desk/profile/", _("A power of yours needs a passed drill from now on")),
    _power_words,
)
POWER_DRILL_LIFTED = _kind(
    "power_drill_lifted",
    _("The power “{power}” works without a drill again[; set by {actor}]"),
    "shield-check",
    _employee_told("/desk/profile/", _("A power of yours works without a drill")),
    _power_words,
)
TRAINING_PASSED = _kind(
    "training_passed",
    _("A drill is passed: {drill}. It counts until {until}"),
    "graduation-cap",
    words=_training_words,
)
TRAINING_LAPSED = _kind(
    "training_lapsed",
    _("The drill was passed too long ago and counts no longer: {drill}"),
    "hourglass",
    _employee_told(
        "/desk/profile/",
        _("A drill you passed counts no longer"),
        _("Powers that need it do not work until you pass the next one."),
    ),
)

ABSENCE_PLANNED = _kind(
    "absence_planned",
    _("An absence was planned, {since} – {until}[; entered by {actor}]"),
    "calendar-off",
    None,
    _span_words,
)
ABSENCE_CANCELLED = _kind(
    "absence_cancelled", _("An absence was cancelled[ by {actor}]"), "calendar-check"
)
ABSENCE_BEGUN = _kind("absence_begun", _("The absence has begun"), "calendar-off")
ABSENCE_ENDED = _kind("absence_ended", _("The absence is over"), "calendar-check")

SUBSTITUTE_APPOINTED = _kind(
    "substitute_appointed",
    _("{stands_in} stands in for: {whom}, {since} – {until}[; appointed by {actor}]"),
    "user-check",
    _substitute_told,
    _span_words,
)
SUBSTITUTION_CANCELLED = _kind(
    "substitution_cancelled",
    _("{stands_in} will not stand in after all[; cancelled by {actor}]"),
    "user-x",
)
SUBSTITUTION_BEGUN = _kind(
    "substitution_begun",
    _("{stands_in} stands in from now on for: {whom}, until {until}"),
    "user-check",
    _substitute_told_of_the_day,
    _span_words,
)
SUBSTITUTION_ENDED = _kind("substitution_ended", _("{stands_in} no longer stands in"), "user-x")
