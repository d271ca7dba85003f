"""Writes the shipped forms: `python -m tools.forms.build` gives the same bytes each time.

Beside the DOCX files it writes `forms.json`, what a client compares when choosing and how each
clause is agreed, and `checklist.md`, where each form meets what every contract must settle.
"""

import json
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from tools.forms.checklist import write_checklist
from tools.forms.markup import TOKEN, Form, MarkupError, read_form
from tools.forms.parts import package_parts
from zabota.contracts.text.fields import form_of

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "src" / "zabota" / "contracts" / "shipped"
ORDER = (
    "supply.ru", "framework.ru", "services.ru", "works.ru", "lease.ru", "licence.ru", "nda.ru",
    "amendment.ru", "specification.ru", "supply.en", "services.en", "nda.en", "amendment.en",
)  # fmt: skip
EPOCH = (2026, 1, 1, 0, 0, 0)
PARTIES = ("client", "firm")


def build_all() -> dict[str, bytes]:
    """Every shipped file by name."""
    forms = read_all()
    catalogue = json.loads((HERE / "catalogue.json").read_text(encoding="utf-8"))
    files = {f"{form.slug}.docx": build_docx(form) for form in forms}
    entries = [catalogue_entry(form, catalogue) for form in forms]
    shown = json.dumps(entries, ensure_ascii=False, indent=1)
    files["forms.json"] = f"{shown}\n".encode()
    files["checklist.md"] = write_checklist(forms).encode()
    return files


def read_all() -> list[Form]:
    """The forms in the order in which they are offered."""
    sources = HERE / "sources"
    return [
        read_form(slug, (sources / f"{slug}.txt").read_text(encoding="utf-8"))
        for slug in ORDER
        if (sources / f"{slug}.txt").exists()
    ]


def build_docx(form: Form) -> bytes:
    """The package; parts are stored, not deflated, since zlib's output differs by version."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, content in package_parts(form).items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            package.writestr(entry, content.encode())
    return buffer.getvalue()


def field_names(form: Form) -> list[str]:
    """Fields the client fills, in the order of the text; each must be declared exactly once."""
    declared: list[str] = []
    for block in form.blocks:
        for text in (block.text, *(cell for row in block.rows for cell in row)):
            for found in TOKEN.finditer(text):
                name = found["name"]
                if name.split(".")[0] in PARTIES:
                    continue
                if found["type"] and name in declared:
                    raise MarkupError(f"{form.slug}: field «{name}» is declared twice")
                if found["type"]:
                    declared.append(name)
                elif form_of(name)[0] not in declared:
                    raise MarkupError(f"{form.slug}: field «{name}» is used before declared")
    return declared


def catalogue_entry(form: Form, catalogue: dict[str, Any]) -> dict[str, Any]:
    """What is known of a form beside its text."""
    language, kind = form.language, form.properties["kind"]
    shown = catalogue["kinds"][kind]
    fields = {}
    for name in field_names(form):
        known = catalogue["fields"][name]
        known = known | catalogue["fields"].get(f"{kind}:{name}", {})
        fields[name] = {
            "help": known["help"],
            "required": known.get("required", True),
            "example": known["example"][language],
        }
    return {
        "slug": form.slug.replace(".", "-"),
        "language": language,
        "file": f"{form.slug}.docx",
        "kind": kind,
        "title": {each: form.properties[f"title {each}"] for each in ("ru", "en")},
        **{name: shown[name] for name in ("what_for", "payment", "term", "penalty")},
        "usual_days": shown["usual_days"],
        "default_route": shown["default_route"],
        **approval_marks(form),
        "fields": fields,
    }


def approval_marks(form: Form) -> dict[str, Any]:
    """Who agrees each section and whether it is locked; single clauses that differ; annexes."""
    sections: dict[str, Any] = {}
    overrides: dict[str, Any] = {}
    annexes: dict[str, Any] = {}
    for block in form.blocks:
        mark = {"concern": block.concern, "locked": bool(block.locked)}
        if block.kind == "section":
            sections[block.number] = mark
        elif block.kind == "annex_heading":
            annexes[str(block.annex)] = mark
        elif block.concern or block.locked is not None:
            section = sections[block.number.split(".")[0]]
            concern = block.concern or section["concern"]
            overrides[block.number] = {"concern": concern, "locked": bool(block.locked)}
    return {"sections": sections, "overrides": overrides, "annexes": annexes}


def main() -> int:
    """Writes the files; says on the command line what was written."""
    for name, content in build_all().items():
        (SHIPPED / name).write_bytes(content)
        sys.stdout.write(f"{name}: {len(content)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
