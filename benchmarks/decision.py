"""A decision and the approvals inbox: ours, and a peer's in its own process in the same minutes."""

from collections.abc import Callable, Iterator

from django.db.models import F
from django.test import Client

from benchmarks.measuring import Bench, Row, statements
from benchmarks.pages import opening, signed_in
from benchmarks.peer import Peer
from benchmarks.worlds import Base, Bulk, use
from zabota.cases.models import Holder, PromiseState
from zabota.people.models import Employee


def measure(bench: Bench, base: Base, world: Bulk, peer: Peer | None) -> None:
    """Decision and inbox of the one colleague whose list has a known length."""
    use(world.path)
    holder = Employee.objects.select_related("user").get(pk=base.inbox)
    rows = Holder.objects.filter(employee=holder, rank_at__isnull=False).count()
    browser = signed_in(holder.user.email)
    if peer is not None:
        peer.fill(rows)
    inbox(bench, browser, rows, peer)
    stages = ordinary_stages(holder)
    decision(bench, browser, stages, peer)
    exact_count(bench, browser, stages)


def ordinary_stages(holder: Employee) -> Iterator[int]:
    """Stages this person may approve at once; each opens the next."""
    found = Holder.objects.filter(
        employee=holder,
        rank_at__isnull=False,
        promise__state=PromiseState.RUNNING,
        promise__stage__concern="general",
        promise__stage__round=F("case__contract__round"),
    )
    return iter(list(found.order_by("pk").values_list("promise__stage", flat=True)))


def approving(browser: Client, stages: Iterator[int]) -> Callable[[], object]:
    """One press of the button: one POST, answered by the part that changed."""

    def post() -> object:
        answer = browser.post(
            f"/desk/stages/{next(stages)}/approve/", headers={"HX-Request": "true"}
        )
        if answer.status_code != 200 or b'id="decision"' not in answer.content:
            raise RuntimeError(f"the decision answers {answer.status_code}")
        return answer

    return post


def decision(bench: Bench, browser: Client, stages: Iterator[int], peer: Peer | None) -> None:
    """Beside the peer's two requests, and beside the second of them alone."""
    ours = bench.timed(approving(browser, stages))
    if peer is None:
        bench.rows.append(Row("decision", "decide a stage (one POST)", *bench.beside(ours)[0]))
        return
    took, whole, execute = bench.beside(ours, peer.asking("decision"), peer.asking("execute"))
    for name, beside, aim in (("assign + execute", whole, 2.0), ("execute alone", execute, None)):
        bench.rows.append(
            Row(
                "decision", "decide a stage (one POST)", *took, f"viewflow: {name}", *beside,
                sense="faster", aim=aim,
            )
        )  # fmt: skip


def inbox(bench: Bench, browser: Client, rows: int, peer: Peer | None) -> None:
    """The page with what waits for a person, as many rows on both sides."""
    name = f"Today, {rows:,} rows"
    ours = bench.timed(opening(browser, "/desk/"))
    if peer is None:
        bench.rows.append(Row("inbox", name, *bench.beside(ours)[0]))
        return
    took, theirs = bench.beside(ours, peer.asking("inbox"))
    beside = f"viewflow: queue, {rows:,} tasks"
    bench.rows.append(Row("inbox", name, *took, beside, *theirs, sense="faster", aim=5.0))


def exact_count(bench: Bench, browser: Client, stages: Iterator[int]) -> None:
    """How often the database is asked for rows in one decision, session and account included."""
    post = approving(browser, stages)
    post()
    with statements() as sent:
        post()
    bench.rows.append(
        Row(
            "decision", "SELECT, INSERT, UPDATE, DELETE of a decision", None, len(sent),
            sense="count", aim=10,
        )
    )  # fmt: skip
