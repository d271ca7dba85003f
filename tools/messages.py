"""`./zabota messages`: brings each app's Russian catalogue up to date with its sources.

English is the language of the sources. New sentences come in empty, known ones keep their
translation; what the app says no more is kept below as obsolete and comes back with the sentence.
Nothing is ever marked fuzzy.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "zabota"
KEYWORDS = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """msgid ""
msgstr ""
"Language: ru\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<12 || n%100>14) ? 1 : 2);\\n"

"""
CALL = re.compile(r"\b(n?p?gettext|_)\(")

type Found = tuple[str | tuple[str, ...], str | None, str]


def main() -> int:
    """Updates the catalogues; with --check only says what is missing, and fails if anything is."""
    parser = argparse.ArgumentParser(prog="zabota messages")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("apps", nargs="*", metavar="APP")
    arguments = parser.parse_args()
    settings.configure(USE_I18N=True)
    django.setup()
    apps = [app for app in sorted(PACKAGE.iterdir()) if (app / "__init__.py").exists()]
    catalogs = {app: read(catalog_of(app)) for app in apps}
    apps = [app for app in apps if app.name in arguments.apps or not arguments.apps]
    wanted = {app: list(extract(app)) for app in apps}
    if not arguments.check:
        for app in apps:
            update(app, catalogs[app], wanted[app], catalogs)
        catalogs |= {app: read(catalog_of(app)) for app in apps}
    wrong = [line for app in apps for line in defects(app, wanted[app], catalogs)]
    wrong += clashes(catalogs)
    print("\n".join(wrong) if wrong else "Every sentence is translated.")
    return 1 if wrong and arguments.check else 0


def catalog_of(app: Path) -> Path:
    return app / "locale" / "ru" / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    return parse(path.read_text("utf-8") if path.exists() else HEADER)


def parse(text: str) -> Catalog:
    return read_po(io.StringIO(text), locale="ru")


def extract(app: Path) -> Iterator[Found]:
    """Every sentence the app says: (msgid or its plurals, context, file)."""
    for file in sorted(app.rglob("*.py")):
        if "migrations" not in file.parts:
            yield from python_messages(file)
    for folder in sorted(app.glob("**/templates")):
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            yield from template_messages(file)


def python_messages(file: Path) -> Iterator[Found]:
    with file.open("rb") as source:
        for _line, name, strings, _comments in extract_python(source, list(KEYWORDS), (), {}):
            texts = strings if isinstance(strings, tuple) else (strings,)
            yield from found(name or "_", tuple(texts), file)


def template_messages(file: Path) -> Iterator[Found]:
    """Django turns a template into something like Python; the calls in it are read one by one."""
    text = templatize(file.read_text("utf-8"), origin=str(file))
    for match in CALL.finditer(text):
        call = whole_call(text[match.start() :])
        if call is not None:
            texts = tuple(arg.value for arg in call.args if isinstance(arg, ast.Constant))
            yield from found(match.group(1), texts, file)


def whole_call(text: str) -> ast.Call | None:
    """The call this text begins with."""
    for end in (match.end() for match in re.finditer(r"\)", text)):
        try:
            parsed = ast.parse(text[:end].strip(), mode="eval").body
        except SyntaxError:
            continue
        return parsed if isinstance(parsed, ast.Call) else None
    return None


def found(name: str, texts: tuple[object, ...], file: Path) -> Iterator[Found]:
    """A call as a message; calls with something else than plain words in them are none."""
    name = name.removesuffix("_lazy").removesuffix("_noop")
    context, plural = "p" in name, name.startswith("n")
    words = [text for text in texts if isinstance(text, str)]
    if len(words) < 1 + context + plural or not words[0]:
        return
    said = words.pop(0) if context else None
    msgid = (words[0], words[1]) if plural else words[0]
    yield msgid, said, str(file.relative_to(ROOT / "src"))


def update(app: Path, old: Catalog, wanted: list[Found], everywhere: dict[Path, Catalog]) -> None:
    """Writes the app's catalogue anew, if anything in it changed."""
    path = catalog_of(app)
    if not wanted and not path.exists():
        return
    new = parse(HEADER)
    for msgid, context, file in wanted:
        known = translation(msgid, context, old, *everywhere.values())
        new.add(msgid, known or empty(msgid), locations=[(file, 0)], context=context)
    kept = {key(message) for message in new if message.id}
    for message in [*(m for m in old if m.id), *old.obsolete.values()]:
        if key(message) not in kept and any(strings(message)):
            new.obsolete[message.id if isinstance(message.id, str) else message.id[0]] = message
    out = io.BytesIO()
    write_po(out, new, width=100, sort_output=True, include_lineno=False, omit_header=True)
    text = HEADER + out.getvalue().decode().lstrip("\n")
    if not path.exists() or path.read_text("utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(f"{path.relative_to(ROOT)}: {len(wanted)} sentences")


def empty(msgid: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return "" if isinstance(msgid, str) else ("", "", "")


def key(message: Message) -> tuple[object, object]:
    return message.id, message.context


def strings(message: Message) -> tuple[str, ...]:
    given = message.string
    return tuple(given) if isinstance(given, tuple | list) else (given,)


def translation(
    msgid: str | tuple[str, ...], context: str | None, *catalogs: Catalog
) -> str | tuple[str, ...] | None:
    """The first complete translation of this sentence, obsolete ones included."""
    for catalog in catalogs:
        first = msgid if isinstance(msgid, str) else msgid[0]
        kept = [catalog.get(first, context), *catalog.obsolete.values()]
        for message in kept:
            if message is not None and key(message) == (msgid, context) and all(strings(message)):
                return message.string
    return None


def defects(app: Path, wanted: list[Found], catalogs: dict[Path, Catalog]) -> Iterator[str]:
    """What is untranslated or would break when shown.

    At run time the catalogues of all apps are one; the command line has its own only.
    """
    own = catalogs[app]
    readable = [own] if app.name == "config" else [own, *catalogs.values()]
    for msgid, context, file in dict.fromkeys(wanted):
        if not any(live(msgid, context, catalog) for catalog in readable):
            yield f"{file}: no Russian for {msgid!r}"
    for message in own:
        if message.id and message.fuzzy:
            yield f"{app.name}: fuzzy translation of {message.id!r}"
        for error in message.check(own) if message.id and any(strings(message)) else ():
            yield f"{app.name}: {message.id!r}: {error}"


def clashes(catalogs: dict[Path, Catalog]) -> Iterator[str]:
    """One sentence with two translations: only one of them would ever be shown, in every app."""
    known: dict[tuple[object, object], tuple[str, tuple[str, ...]]] = {}
    for app, catalog in catalogs.items():
        for message in catalog:
            if not message.id or not any(strings(message)) or app.name == "config":
                continue
            first, said = known.setdefault(key(message), (app.name, strings(message)))
            if said != strings(message):
                yield f"{app.name}: {message.id!r} reads otherwise in {first}: give it a context"


def live(msgid: str | tuple[str, ...], context: str | None, catalog: Catalog) -> bool:
    message = catalog.get(msgid if isinstance(msgid, str) else msgid[0], context)
    return message is not None and message.id == msgid and all(strings(message))


if __name__ == "__main__":
    sys.exit(main())
