"""A small firm made by actions: an owner, a lawyer with a lead, a clerk without powers."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from zabota.people import actions
from zabota.people import firm as firm_cache
from zabota.people.models import Employee, Firm, User

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
PASSWORD = "весёлый-Ёжик-48"


@dataclass
class Staff:
    firm: Firm
    owner: Employee
    lead: Employee
    lawyer: Employee
    clerk: Employee

    def user(self, who: str) -> User:
        employee: Employee = getattr(self, who)
        return User.objects.select_related("employee").get(pk=employee.user_id)


def hire(name: str, lead: Employee | None = None) -> Employee:
    return actions.hire_employee(
        f"{name}@firm.example", name.title(), by=None, at=AT, position_ru="Юрист", lead=lead,
        password=PASSWORD,
    )  # fmt: skip


def make_staff() -> Staff:
    firm_cache._kept.clear()
    firm = actions.found_firm(
        "Полюс", "owner@firm.example", "Ольга Петрова", PASSWORD, by=None, at=AT
    )
    lead = hire("lead")
    return Staff(
        firm, Employee.objects.get(is_administrator=True), lead, hire("lawyer", lead), hire("clerk")
    )


@pytest.fixture
def staff(db: None) -> Staff:
    return make_staff()
