"""Who brought whom, for the page of chains: the largest trees, and one of them drawn."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zabota.clients.models import Client
from zabota.referrals.chains import (
    BOX,
    HIGH,
    Bend,
    Brought,
    Drawing,
    Tree,
    brought_by,
    draw_chain,
    trees_of,
)
from zabota.referrals.reading.checks import arrows

# Trees named on the page, boxes drawn, letters of a name in a box.
MOST_TREES, MOST_BOXES, LETTERS = 50, 60, 20


@dataclass(frozen=True)
class Box:
    """A client as it is drawn."""

    client: int
    name: str
    short: str
    x: int
    y: int
    bought: bool
    more: int

    @property
    def middle(self) -> int:
        return self.y + HIGH // 2 + 4


@dataclass(frozen=True)
class Picture:
    """The drawing, ready for the template; a table with the same stands behind it."""

    boxes: list[Box]
    bends: tuple[Bend, ...]
    width: int
    height: int
    about: str
    box: int = BOX
    high: int = HIGH


@dataclass(frozen=True)
class TreeRow:
    """A chain by whoever began it."""

    tree: Tree
    name: str
    said: str


@dataclass(frozen=True)
class Line:
    """A client of the drawn chain in the table behind it."""

    client: int
    name: str
    by: str
    brought: int
    bought: bool


@dataclass
class Chains:
    """Everything on the page."""

    trees: list[TreeRow] = field(default_factory=list)
    more: bool = False
    picture: Picture | None = None
    lines: list[Line] = field(default_factory=list)
    root: int = 0
    left_out: int = 0


def read_chains(root: int | None) -> Chains:
    """All arrows are read once (three numbers each) and the names of those shown; two queries."""
    rows = list(arrows().values_list("one", "other", "bought_on"))
    brought = brought_by((one, other) for one, other, _bought in rows)
    trees = trees_of(brought)
    if not trees:
        return Chains()
    root = root if root is not None and _is_met(root, rows) else trees[0].root
    drawing = draw_chain(brought, root, MOST_BOXES)
    shown = trees[:MOST_TREES]
    names = _names([tree.root for tree in shown] + [node.client for node in drawing.nodes])
    buyers = {other for _one, other, bought in rows if bought is not None}
    whole = next((tree.all for tree in trees if tree.root == root), len(drawing.nodes) - 1)
    return Chains(
        trees=[TreeRow(tree, names.get(tree.root, "—"), _said(tree)) for tree in shown],
        more=len(trees) > MOST_TREES,
        picture=_picture(drawing, names, buyers),
        lines=_lines(drawing, brought, names, buyers),
        root=root,
        left_out=max(0, whole + 1 - len(drawing.nodes)),
    )


def _is_met(client: int, rows: Iterable[tuple[int, int, object]]) -> bool:
    return any(client in (one, other) for one, other, _bought in rows)


def _names(clients: Iterable[int]) -> dict[int, str]:
    found = Client.objects.filter(pk__in=set(clients))
    return {one.pk: one.display_name for one in found}


def _said(tree: Tree) -> str:
    people = ngettext("%(count)d client", "%(count)d clients", tree.all) % {"count": tree.all}
    steps = ngettext("%(count)d step", "%(count)d steps", tree.deep) % {"count": tree.deep}
    return f"{people}, {steps}"


def _picture(drawing: Drawing, names: dict[int, str], buyers: set[int]) -> Picture:
    boxes = [
        Box(
            node.client,
            names.get(node.client, "—"),
            _short(names.get(node.client, "—")),
            node.x,
            node.y,
            node.client in buyers,
            node.more,
        )
        for node in drawing.nodes
    ]
    about = _("From left to right: who recommended us, and whom they brought; filled: has bought.")
    return Picture(boxes, drawing.bends, drawing.width, drawing.height, about)


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip()}…"


def _lines(
    drawing: Drawing, brought: Brought, names: dict[int, str], buyers: set[int]
) -> list[Line]:
    shown = [node.client for node in drawing.nodes]
    parents: dict[int, int] = {}
    for one in shown:
        for other in brought.get(one, ()):
            parents.setdefault(other, one)
    root = shown[0] if shown else 0
    counts = Counter({one: len(brought.get(one, ())) for one in shown})
    return [
        Line(
            one,
            names.get(one, "—"),
            "" if one == root else names.get(parents.get(one, 0), "—"),
            counts[one],
            one in buyers,
        )
        for one in shown
    ]
