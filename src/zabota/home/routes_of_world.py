"""Routes of the sample firm, and what its clients type into fields."""

from collections.abc import Callable, Mapping
from typing import Any

type Ids = Mapping[str, str]


def _stage(
    key: str,
    title: tuple[str, str],
    group: int,
    concern: str,
    seats: list[dict[str, str]],
    **more: Any,
) -> dict[str, Any]:
    return {
        "key": key,
        "title_ru": title[0],
        "title_en": title[1],
        "group": group,
        "concern": concern,
        "seats": seats,
        "rule": "all",
        "hours": "8",
        **more,
    }


def standard(people: Ids, teams: Ids) -> dict[str, Any]:
    """Manager, then the lawyer, then finance and two of logistics side by side, then the
    director; nobody where all of it was agreed beforehand and the director would not be asked.
    """
    lawyer = [{"kind": "person", "ref": people["lawyer"]}]
    power = [{"kind": "power", "ref": ""}]
    team = [{"kind": "team", "ref": teams["logistics"]}] * 3
    return {
        "no_self_approval": True,
        "fast_lane": {"most": "1000000"},
        "stages": [
            _stage(
                "manager",
                ("Менеджер", "Account manager"),
                1,
                "general",
                [{"kind": "owner", "ref": ""}],
                hours="4",
            ),
            _stage("legal", ("Правовое согласование", "Legal approval"), 2, "legal", lawyer),
            _stage("finance", ("Финансы", "Finance"), 3, "finance", power),
            _stage(
                "logistics",
                ("Логистика", "Logistics"),
                3,
                "logistics",
                team,
                rule="quorum",
                quorum=2,
                shows="team",
            ),
            _stage(
                "director",
                ("Директор", "Chief executive"),
                4,
                "director",
                power,
                hours="4",
                conditions=[{"field": "sum", "op": "ge", "value": "1000000"}],
            ),
        ],
    }


def short(people: Ids, teams: Ids) -> dict[str, Any]:
    """Manager, then the lawyer."""
    whole = standard(people, teams)
    return {"no_self_approval": True, "stages": whole["stages"][:2]}


def foreign(people: Ids, teams: Ids) -> dict[str, Any]:
    """For texts on a client's paper: the lawyer reads all of it, with more time; then the rest."""
    whole = standard(people, teams)
    manager, lawyer, finance, logistics, director = whole["stages"]
    lawyer = {**lawyer, "hours": "16"}
    stages = [manager, lawyer, finance, logistics, director]
    return {"no_self_approval": True, "stages": stages}


ROUTES: dict[str, tuple[tuple[str, str], Callable[[Ids, Ids], dict[str, Any]]]] = {
    "standard": (("Обычный", "Standard"), standard),
    "short": (("Короткий", "Short"), short),
    "foreign": (("По тексту клиента", "On the client’s paper"), foreign),
}

EXAMPLES = {
    "money": "1240000",
    "date": "2026-12-30",
    "number": "10",
    "percent": "0.1",
    "email": "info@romashka.example",
    "phone": "+74951234567",
    "person": "Крылова Анна Сергеевна",
    "address": "г. Москва, ул. Профсоюзная, д. 33",
    "inn": "7729567898",
    "kpp": "772901001",
    "ogrn": "1037700456782",
    "bik": "044525888",
    "account": "40702810100000056789",
}
