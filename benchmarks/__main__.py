"""`python -m benchmarks [--json] [--quick]`: settings first, then everything that needs them."""

import argparse
import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path

import django

PLACE = Path(__file__).resolve().parent.parent / "var" / "bench"


def main() -> None:
    """Measures in a home of its own, which goes away afterwards."""
    parser = argparse.ArgumentParser(prog="zabota bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--quick", action="store_true", help="tiny worlds, no peer: does it run")
    arguments = parser.parse_args()
    PLACE.mkdir(parents=True, exist_ok=True)
    home = tempfile.mkdtemp(prefix="home-", dir=PLACE)
    try:
        for name in [name for name in os.environ if name.startswith("ZABOTA_")]:
            if name not in {"ZABOTA_PEERS", "ZABOTA_VENV", "ZABOTA_PYTHON"}:
                del os.environ[name]
        os.environ["ZABOTA_HOME"] = home
        os.environ["ZABOTA_BASE_URL"] = "http://testserver"
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        django.setup()
        import_module("benchmarks.run").run(PLACE, as_json=arguments.json, quick=arguments.quick)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
