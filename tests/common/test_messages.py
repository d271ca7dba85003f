"""Catalogues of all apps are one when a page is shown: a sentence has one translation."""

from pathlib import Path

from tools.messages import HEADER, clashes, parse


def test_one_sentence_with_two_translations_is_found() -> None:
    one = parse(f'{HEADER}\nmsgid "Hand over"\nmsgstr "Передать"\n')
    other = parse(f'{HEADER}\nmsgid "Hand over"\nmsgstr "Переадресовать"\n')
    told = list(clashes({Path("clients"): one, Path("contracts"): other}))
    assert len(told) == 1
    assert "Hand over" in told[0]
    assert "clients" in told[0]


def test_a_context_tells_them_apart_and_the_command_line_is_by_itself() -> None:
    one = parse(f'{HEADER}\nmsgid "Hand over"\nmsgstr "Передать"\n')
    other = parse(f'{HEADER}\nmsgctxt "stage"\nmsgid "Hand over"\nmsgstr "Переадресовать"\n')
    line = parse(f'{HEADER}\nmsgid "Hand over"\nmsgstr "Сдать"\n')
    found = {Path("clients"): one, Path("contracts"): other, Path("config"): line}
    assert list(clashes(found)) == []
