"""Make the twelve contracts again: `python -m tools.test_contracts [name …]`."""

import sys
from pathlib import Path

from tools.test_contracts import (
    agency,
    bilingual_nda,
    carriage,
    energy_supply,
    framework,
    installation_works,
    leasing_1c,
    maintenance_service,
    software_licence,
    storage,
    supply_equipment,
    warehouse_lease,
)

OUT = Path(__file__).resolve().parents[2] / "tests" / "data" / "contracts"
AUTHORS = (
    agency,
    bilingual_nda,
    carriage,
    energy_supply,
    framework,
    installation_works,
    leasing_1c,
    maintenance_service,
    software_licence,
    storage,
    supply_equipment,
    warehouse_lease,
)


def main(asked: list[str]) -> None:
    """Each author writes one file; a name picks some of them."""
    OUT.mkdir(parents=True, exist_ok=True)
    for author in AUTHORS:
        name = author.__name__.rpartition(".")[2]
        if not asked or name in asked:
            author.make(OUT / f"{name}.docx")
            print(name)


main(sys.argv[1:])
