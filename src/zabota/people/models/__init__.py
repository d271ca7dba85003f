"""Accounts, employees, teams and powers; the firm with its calendar; throttles."""

from zabota.people.models.accounts import Employee, EmployeeQuerySet, Place, Team, User, UserManager
from zabota.people.models.firm import Firm, SpecialDay
from zabota.people.models.powers import (
    LEARNED,
    Absence,
    Power,
    PowerKind,
    PowerQuerySet,
    SpanQuerySet,
    Substitution,
    Training,
)
from zabota.people.models.programs import ApiKey, ApiScope
from zabota.people.models.sign_in import SignInCode, Throttle
from zabota.people.models.skills import Presence, Skill

__all__ = [
    "LEARNED",
    "Absence",
    "ApiKey",
    "ApiScope",
    "Employee",
    "EmployeeQuerySet",
    "Firm",
    "Place",
    "Power",
    "PowerKind",
    "PowerQuerySet",
    "Presence",
    "SignInCode",
    "Skill",
    "SpanQuerySet",
    "SpecialDay",
    "Substitution",
    "Team",
    "Throttle",
    "Training",
    "User",
    "UserManager",
]
