"""Compiles the translations (.po) into what gettext reads (.mo)."""

import os
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogs(catalogs: Iterable[Path]) -> None:
    """Compiles each .po beside itself; a reader never sees a half-written .mo."""
    for po in catalogs:
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parts[-3])
        target = po.with_suffix(".mo")
        part = target.with_suffix(f".mo.{os.getpid()}")
        with part.open("wb") as out:
            write_mo(out, catalog)
        part.replace(target)
