"""The verbs of our people and the firm: the only writer of these tables."""

from zabota.people.actions.absences import (
    appoint_substitute,
    cancel_absence,
    cancel_substitution,
    plan_absence,
)
from zabota.people.actions.accounts import (
    change_password,
    choose_language,
    choose_quiet_hours,
)
from zabota.people.actions.codes import (
    make_code,
    request_code,
    request_confirming_code,
    request_staff_code,
    spend_code,
    spend_confirming_code,
    spend_link,
)
from zabota.people.actions.dismissal import dismiss_employee, usual_heir
from zabota.people.actions.employees import change_employee, change_photo, hire_employee
from zabota.people.actions.firm import (
    change_firm,
    clear_special_day,
    found_firm,
    set_special_day,
)
from zabota.people.actions.powers import grant_power, require_drill, revoke_power
from zabota.people.actions.skills import (
    be_present,
    close_place,
    close_skill,
    set_place,
    set_skill,
    set_skills,
)
from zabota.people.actions.teams import close_team, open_team, rename_team
from zabota.people.actions.training import lapse_trainings, note_training
from zabota.people.actions.turn import turn_absences

__all__ = [
    "appoint_substitute",
    "be_present",
    "cancel_absence",
    "cancel_substitution",
    "change_employee",
    "change_firm",
    "change_password",
    "change_photo",
    "choose_language",
    "choose_quiet_hours",
    "clear_special_day",
    "close_place",
    "close_skill",
    "close_team",
    "dismiss_employee",
    "found_firm",
    "grant_power",
    "hire_employee",
    "lapse_trainings",
    "make_code",
    "note_training",
    "open_team",
    "plan_absence",
    "rename_team",
    "request_code",
    "request_confirming_code",
    "request_staff_code",
    "require_drill",
    "revoke_power",
    "set_place",
    "set_skill",
    "set_skills",
    "set_special_day",
    "spend_code",
    "spend_confirming_code",
    "spend_link",
    "turn_absences",
    "usual_heir",
]
