"""The rules of the house (docs/map.md), held over whatever the house consists of today."""

import ast
import re
from functools import cache
from pathlib import Path

from django.utils import translation

from tests.support.checksum import ROOT
from tests.support.each import each
from tests.support.imports import circles, loads
from tests.support.sources import PACKAGE, Function, Source, sources, templates, tracked
from tools import who_may_what
from zabota.common.templatetags.zabota_ui import icon
from zabota.journal.kinds import EntryKind, all_kinds
from zabota.journal.models import Audience

SOURCES = sources()
PYTHON = [*SOURCES, *(Source(file) for file in sorted((ROOT / "tools").rglob("*.py")))]
ACTIONS = [source for source in SOURCES if source.layer == "actions"]
ENGINE_FOLDERS = (
    "contracts/text/",
    "contracts/docx/",
    "contracts/compare/",
    "contracts/routing/",
    "contracts/paper/",
    "contracts/duties/",
    "common/language/",
    "contracts/lint/",
    "contracts/register/",
    "outreach/letters/",
    "orders/exchange/",
    "orders/matching",
    "orders/paper/",
    "orders/vat",
    "orders/timeline/",
    "tickets/retelling/",
    "voice/gathering/",
    "common/paper/",
    "common/search/",
    "common/working_time",
)
ENGINES = [source for source in SOURCES if source.name.startswith(ENGINE_FOLDERS)]
# Beside the actions, rows are written where a sample firm is made, and by the store of files: a
# file is content, not an event; the action that keeps it says what happened.
WRITERS = ("config/", "home/world", "home/work", "home/reactions", "common/files")
ALWAYS_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}

by_name = each(SOURCES, lambda source: source.name)
each_action = each(ACTIONS, lambda source: source.name)
each_template = each(templates(), lambda path: str(path.relative_to(PACKAGE)))


def writes(call: ast.Call) -> bool:
    """Whether this is a write to the database by the ORM, as far as its spelling tells."""
    if not isinstance(call.func, ast.Attribute):
        return False
    verb = call.func.attr.removeprefix("a")
    if verb in ALWAYS_WRITES:
        return True
    # dict.update(other), image.save(path), storage.delete(name) take their argument by place.
    if call.args:
        return False
    return verb in {"save", "delete"} or (verb in {"create", "update"} and bool(call.keywords))


@by_name
def test_only_actions_write(source: Source) -> None:
    if source.layer == "actions" or source.name.startswith(WRITERS):
        return
    found = [n.lineno for n in source.walk() if isinstance(n, ast.Call) and writes(n)]
    assert not found, f"{source.name} writes to the database in lines {found}"


def is_action(function: Function) -> bool:
    """Whether the function is a verb of its own: opens a transaction or remembers what happened."""
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }
    return bool(called & {"atomic", "record"})


@each_action
def test_actor_and_moment_are_named(source: Source) -> None:
    """`by` and `at` are keyword-only: no call leaves open who did it and when."""
    for function in source.public():
        if isinstance(function, ast.ClassDef) or not is_action(function):
            continue
        named = {argument.arg for argument in function.args.kwonlyargs}
        missing = {"by", "at"} - named
        assert not missing, (
            f"{source.name}:{function.lineno} {function.name} lacks keyword-only {sorted(missing)}"
        )


@each_action
def test_actions_say_what_they_mean(source: Source) -> None:
    bare = [node.name for node in source.public() if not ast.get_docstring(node)]
    assert not bare, f"{source.name}: no docstring on {bare}"


@each(ENGINES, lambda source: source.name)
def test_engines_are_free_of_django(source: Source) -> None:
    for node in source.walk():
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        assert not [name for name in names if name.split(".")[0] == "django"], source.name


@each(PYTHON, lambda source: str(source.path.relative_to(ROOT)))
def test_sizes(source: Source) -> None:
    lines = source.text.count("\n")
    assert lines <= 300, f"{source.path} has {lines} lines; over 300 it is split"
    for function in source.functions():
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= 50, f"{source.path}:{function.lineno} {function.name} has {length} lines"


@by_name
def test_nothing_is_imported_inside_a_function(source: Source) -> None:
    for function in source.functions():
        for node in ast.walk(function):
            assert not isinstance(node, ast.Import | ast.ImportFrom), (
                f"{source.name}:{node.lineno} imports inside {function.name}"
            )


def test_any_module_may_be_the_first_to_be_loaded() -> None:
    """None leans on others having come in before it."""
    arrows = loads()
    assert len(arrows) > len(SOURCES) / 2
    assert not circles(arrows)


def test_a_circle_of_modules_is_seen() -> None:
    arrows = {"top": {"a"}, "a": {"b"}, "b": {"c", "leaf"}, "c": {"a"}, "leaf": set()}
    assert circles(arrows) == [{"a", "b", "c"}]


@by_name
def test_no_signals_and_no_overridden_saves(source: Source) -> None:
    for node in source.walk():
        if isinstance(node, ast.ImportFrom):
            assert node.module not in {"django.dispatch", "django.db.models.signals"}, source.name
        if isinstance(node, ast.ClassDef) and source.layer == "models":
            verbs = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
            assert not verbs & {"save", "delete"}, f"{source.name}: {node.name} overrides its save"


@each(sorted({source.app for source in SOURCES if "/" in source.name}), str)
def test_each_app_says_what_it_is(app: str) -> None:
    text = (PACKAGE / app / "__init__.py").read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{app}/__init__.py does not say what {app} is"


@each_template
def test_nothing_inline_in_templates(template: Path) -> None:
    """The policy of the pages forbids inline styles and scripts; a mail has nothing else."""
    if "mail" in {*template.parts, template.stem}:
        return
    text = re.sub(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}", "", template.read_text("utf-8"))
    for tag in re.findall(r"<[a-zA-Z][^<>]*>", text):
        assert not re.search(r"\sstyle\s*=", tag), f"inline style: {tag}"
        assert not re.search(r"\son[a-z]+\s*=", tag), f"inline script: {tag}"
        assert not re.search(r"\shx-on\b|\sjs:|\[[^\]]*\]\s*,?\s*every", tag), f"needs eval: {tag}"
        assert not tag.lower().startswith("<style"), "a style element"
        assert not tag.lower().startswith("<script") or " src=" in tag, f"inline script: {tag}"


KINDS = all_kinds()
each_kind = each(KINDS, lambda kind: kind.name)


@each_kind
def test_each_kind_of_entry_reads_in_both_languages(kind: EntryKind) -> None:
    with translation.override("en"):
        english = str(kind.sentence)
    with translation.override("ru"):
        russian = str(kind.sentence)
    assert english and re.search(r"[а-яё]", russian), f"{kind.name}: «{russian}»"
    assert sorted(re.findall(r"\{(\w+)", english)) == sorted(re.findall(r"\{(\w+)", russian))
    assert "(а)" not in russian and "(ла)" not in russian
    assert kind.audience in Audience.values


def test_every_icon_that_is_named_exists() -> None:
    """One that does not breaks the page that shows it."""
    named = {kind.icon for kind in KINDS}
    for template in templates():
        named |= set(re.findall(r'\{% icon "([a-z0-9-]+)"', template.read_text("utf-8")))
    for name in sorted(named):
        assert "<svg" in icon(name), name


@each_kind
def test_each_kind_of_entry_has_a_test(kind: EntryKind) -> None:
    """By its name, by its constant, or by the word of its verb."""
    constant = kind.name.split(".")[-1].upper()
    text = all_tests()
    spoken_of = kind.name in text or constant in text
    assert spoken_of, f"no test speaks of {kind.name}"


@cache
def all_tests() -> str:
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return "\n".join(file.read_text("utf-8") for file in files)


def test_generated_docs_are_fresh() -> None:
    stale = "docs/who-may-what.md is stale: run python -m tools.who_may_what"
    assert who_may_what.PAGE.read_text("utf-8") == who_may_what.page(), stale


# Put together here, so that this very file does not hold what it looks for.
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "deb.debian" + ".org"]
PLACES = ["/" + "root/", "/" + "work/main", "/" + "work/shared", "/" + "tmp/bash_jobs"]


def test_tracked_files_name_no_index_and_no_machine() -> None:
    found = []
    for file in tracked():
        data = file.read_bytes()
        if b"\0" in data[:2000]:
            continue
        found += [
            f"{file.relative_to(ROOT)}: {word}" for word in HOSTS + PLACES if word.encode() in data
        ]
    assert not found, "\n".join(found)
