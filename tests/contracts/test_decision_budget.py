"""A decision over HTTP costs at most ten statements, on both databases."""

import pickle
import re

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.contracts.worlds import sent, stage
from tests.support.fresh import FreshDatabase
from zabota.common import clock

COUNTED = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


def approve_by_post(made: bytes, who: str, form: str) -> list[str]:
    """One approval as the browser sends it; the statements it took."""
    world = pickle.loads(made)
    contract = sent(world, form, at=clock.now())
    browser = Browser(enforce_csrf_checks=False)
    browser.force_login(world.as_staff(who).user)
    path = f"/desk/stages/{stage(contract, 'manager').pk}/approve/"
    # The first page of a process fills what is kept: the firm, its calendar, templates.
    browser.get("/desk/people/")
    with CaptureQueriesContext(connection) as queries:
        answer = browser.post(path, {"remark": ""}, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.content
    assert stage(contract, "legal").promise.state == "running"
    return [query["sql"] for query in queries if COUNTED.match(query["sql"])]


@pytest.mark.parametrize("form", ["nda-ru", "supply-ru"])
def test_an_approval_takes_at_most_ten(
    firm_on_both: tuple[FreshDatabase, bytes], form: str
) -> None:
    database, made = firm_on_both
    statements = database.call(approve_by_post, made, "manager", form)
    shown = "\n".join(statement[:150] for statement in statements)
    assert len(statements) <= 10, f"{len(statements)}:\n{shown}"
