"""`zabota goodwill evaluate`: figures in words and for programs; what is wrong is named by line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import cdnow
from zabota.clients.repeat import read_rows
from zabota.config.cli import main


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("cdnow") / "purchases.csv"
    rows = [f"{client},{day},{amount}" for client, day, amount in cdnow.rows()]
    file.write_text("\n".join(["client,date,amount", *rows]), "utf-8")
    return file


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["goodwill", "evaluate", *words])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_cdnow_for_people(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = asked(capsys, str(table), "--until", "1997-09-30", "--lang", "en")
    assert code == 0
    assert "r 0.243, α 4.414, a 0.793, b 2.426; log-likelihood -9582.4" in told
    assert "p 6.25, q 3.74, γ 15.44" in told
    assert ["7+", "64", "6.359", "6.157"] in [line.split() for line in told.splitlines()]
    _, told = asked(capsys, str(table), "--until", "30.09.1997", "--lang", "ru")
    assert "логарифм правдоподобия -9582.4" in told


def test_cdnow_for_programs(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = asked(capsys, str(table), "--until", "1997-09-30", "--json")
    found: dict[str, Any] = json.loads(told)
    assert code == 0
    assert round(found["bg_nbd"]["log_likelihood"], 1) == -9582.4
    assert round(found["bg_nbd"]["alpha"], 3) == 4.414
    assert round(found["gamma_gamma"]["gamma"], 2) == 15.44
    assert [row["frequency"] for row in found["hold_out"]["rows"]] == list(range(8))


def test_wrong_rows_are_named_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(
        "client,date,amount\nAnna,1997-01-01,10\n,1997-01-02,10\nAnna,1997-02-30,10\n"
        "Anna,1997-01-04,ten\nAnna,1997-01-05,-3\nAnna,1997-01-06\n",
        "utf-8",
    )
    code, told = asked(capsys, str(file), "--lang", "en")
    assert code == 1
    assert told.splitlines()[:5] == [
        "Line 3: “client” is empty",
        "Line 4: “1997-02-30” is no date; write it like 1997-09-30 or 30.09.1997",
        "Line 5: “ten” is no amount; write it like 1234.50",
        "Line 6: “-3” is less than nothing; returns are no purchases",
        "Line 7: only 2 cells stand here",
    ]
    code, told = asked(capsys, str(file), "--json")
    assert [fault["line"] for fault in json.loads(told)["faults"]] == [3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("client,day\na,1997-01-01\n", "there is no column “amount”"),
        ("client,date,amount\n", "There is no purchase"),
        ("client,date,amount\na,1997-01-01,1\n", "Too few to fit"),
        ("PK\x03\x04", "this is no table"),
    ],
)
def test_what_cannot_be_fitted_says_why(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "t.csv"
    file.write_text(text, "utf-8")
    code, told = asked(capsys, str(file), "--lang", "en")
    assert code
    assert words in told


def test_a_day_that_is_none_or_before_everything(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = asked(capsys, str(table), "--until", "yesterday", "--lang", "en")
    assert (code, "“yesterday” is no date" in told) == (2, True)
    code, told = asked(capsys, str(table), "--until", "1990-01-01", "--lang", "en")
    assert (code, "the first day is 1997-01-01" in told) == (2, True)
    code, told = asked(capsys, str(tmp_path / "absent.csv"), "--lang", "en")
    assert (code, "Cannot read" in told) == (2, True)
    code, told = asked(capsys, str(table), "--until", "1998-06-30", "--lang", "en")
    assert (code, "nothing could be tested" in told) == (0, True)


@pytest.mark.parametrize("charset", ["utf-8-sig", "cp1251"])
def test_russian_tables_are_read(charset: str) -> None:
    text = "Клиент;Дата;Сумма\r\nРомашка;03.11.2026;1 234,50\r\n"
    rows = read_rows(text.encode(charset))
    assert not rows.faults
    assert (rows.clients, rows.sums) == (["Ромашка"], [1234.5])
