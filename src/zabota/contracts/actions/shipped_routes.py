"""The routes ready forms go by in a new firm: whoever has a power sits there, for want of them an
administrator.
"""

from typing import Any


def _stage(
    key: str, titles: tuple[str, str], group: int, concern: str, *, seat: str = "power", **more: Any
) -> dict[str, Any]:
    return {
        "key": key,
        "title_ru": titles[0],
        "title_en": titles[1],
        "group": group,
        "concern": concern,
        "seats": [{"kind": seat, "ref": ""}],
        "rule": "all",
        "hours": "8",
        **more,
    }


_FIRST = [
    _stage("manager", ("Менеджер", "Account manager"), 1, "general", seat="owner", hours="4"),
    _stage("legal", ("Правовое согласование", "Legal approval"), 2, "legal"),
]
_DEAR = [{"field": "sum", "op": "ge", "value": "1000000"}]
_REST = [
    _stage("finance", ("Финансы", "Finance"), 2, "finance"),
    _stage("director", ("Директор", "Chief executive"), 3, "director", conditions=_DEAR, hours="4"),
]

# By name: how they are called (ru, en), and what they ask.
FIRST_ROUTES: dict[str, tuple[tuple[str, str], dict[str, Any]]] = {
    "standard": (("Обычный", "Standard"), {"no_self_approval": True, "stages": _FIRST + _REST}),
    "short": (("Короткий", "Short"), {"no_self_approval": True, "stages": _FIRST}),
}
