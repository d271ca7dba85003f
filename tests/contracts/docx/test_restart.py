"""Restarts of lists as Word and LibreOffice count them; each was seen in LibreOffice 7.4."""

import pytest

from tests.contracts.docx.making import abstract, cell, counted, docx, num, p, restart, row, table
from zabota.contracts.docx.read import read
from zabota.contracts.text.numbering import numbers
from zabota.contracts.text.words import plain_text

LEGAL = abstract(1, ("decimal", "%1."), ("decimal", "%1.%2."), ("decimal", "%1.%2.%3."))
BOTH = restart(0) + restart(1)


@pytest.mark.parametrize(
    ("lists", "used", "shown"),
    [
        # Lists of one definition go on with each other's count.
        (num(1, 1) + num(2, 1), "10 20 10", "1. 2. 3."),
        # An override begins the count anew at the list's first use only.
        (num(1, 1) + num(2, 1, restart()), "10 10 20 20 10", "1. 2. 1. 2. 3."),
        (num(1, 1, restart()) + num(2, 1, restart()), "10 20 10 20", "1. 1. 2. 3."),
        (num(1, 1) + num(2, 1, restart(0, 3)), "10 20 20 10", "1. 3. 4. 5."),
        # …whatever the levels: the second level of a list already begun does not begin again.
        (num(1, 1) + num(2, 1, BOTH), "10 20 11 21", "1. 1. 1.1. 1.2."),
        (num(1, 1) + num(2, 1, BOTH), "10 11 21 20 21", "1. 1.1. 1.1. 2. 2.1."),
        (num(1, 1) + num(2, 1, restart()), "10 11 21 20", "1. 1.1. 1.2. 1."),
        (
            num(1, 1) + num(2, 1, restart(1, 5)),
            "10 11 11 21 21 11 10 21",
            "1. 1.1. 1.2. 1.5. 1.6. 1.7. 2. 2.1.",
        ),
        # A level that was skipped shows its start.
        (num(1, 1), "11 11 10 11", "1.1. 1.2. 2. 2.1."),
        (num(1, 1), "10 12 11 12", "1. 1.1.1. 1.2. 1.2.1."),
        # A list that is not there counts nothing.
        (num(1, 1), "90 10 00 10", "1. 2."),
    ],
)  # fmt: skip
def test_restarts(lists, used, shown):
    # «21» is the second list at level 1.
    body = "".join(counted("x", int(one[0]), int(one[1])) for one in used.split())
    document = read(docx(body, numbering=LEGAL + lists)).document
    assert " ".join(numbers(document).values()) == shown


def test_two_languages_in_columns_count_apart_and_the_body_goes_on():
    other = abstract(2, ("decimal", "%1."))
    rows = [
        row(cell(counted(ru, 1)), cell(counted(en, 2)))
        for ru, en in [("Предмет", "Subject"), ("Цена", "Price")]
    ]
    lists = LEGAL + other + num(1, 1) + num(2, 2)
    document = read(docx(table(*rows) + p("Итог") + counted("Срок"), numbering=lists)).document
    assert plain_text(document).split("\n") == [
        "1. Предмет", "1. Subject", "2. Цена", "2. Price", "Итог", "3. Срок",
    ]  # fmt: skip
