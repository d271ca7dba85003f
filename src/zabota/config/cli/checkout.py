"""Where Zabota runs from: its sources or an installed package, and what lies around them."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
CHECKOUT = PACKAGE.parents[1]


def in_checkout() -> bool:
    """Whether Zabota runs from its sources, not from an installed wheel."""
    return (CHECKOUT / "pyproject.toml").exists() and PACKAGE.parent.name == "src"


def stale_catalogs(package: Path = PACKAGE) -> list[Path]:
    """The translations (.po) whose compiled form (.mo) is missing or older."""
    stale = []
    for po in sorted(package.glob("*/locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            stale.append(po)
    return stale


def demo_place() -> Path:
    """Where the demo lives unless ZABOTA_HOME says otherwise: `var/demo` of the sources, or of the
    current folder.
    """
    return (CHECKOUT if in_checkout() else Path.cwd()) / "var" / "demo"
