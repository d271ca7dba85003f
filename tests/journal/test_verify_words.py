"""`zabota journal verify` tells what it found in the language of whoever runs it."""

import ast
import inspect
import re
from pathlib import Path

import pytest

from zabota.config.cli import words
from zabota.config.cli.journal import words_of
from zabota.journal import verify
from zabota.journal.verify import Wrong

TOLD = {
    "head": {"said": 3, "there": 2},
    "no_stream": {},
    "words_gone": {"name": "reason"},
    "words_changed": {"name": "reason"},
    "missing": {"seq": 2},
    "changed": {},
    "column": {"name": "kind", "value": "a", "text": "b"},
    "dangling": {"name": "stream", "row": 7},
}


def test_every_finding_is_told_here() -> None:
    """The codes of the verifier, read out of its source, are those that have words."""
    tree = ast.parse(Path(inspect.getfile(verify)).read_text())
    codes = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Wrong"
        and isinstance(node.args[0], ast.Constant)
    }
    assert codes == set(TOLD)


@pytest.mark.parametrize("code", sorted(TOLD))
def test_it_is_told_in_both_languages(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    what = Wrong(code, TOLD[code])
    words.speak("en")
    english = words_of(what)
    words.speak("ru")
    russian = words_of(what)
    words.speak("en")
    assert english != russian
    assert re.search("[а-яё]", russian) and not re.search("[а-яё]", english)
    for value in TOLD[code].values():
        assert str(value) in english and str(value) in russian
