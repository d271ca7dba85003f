"""Checking the books: everything that must hold of postings, batches and transfers."""

from collections.abc import Iterator

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from zabota.loyalty.models import Account, Batch, Posting, Transfer


def faults_of_points() -> Iterator[tuple[str, object]]:
    """What does not hold: a machine word, and the row (or sum) it concerns. Nothing, if the books
    are right: all postings sum to nothing, each transfer does, and what is left of each batch is
    the sum of its postings.
    """
    total = Posting.objects.aggregate(sum=Sum("amount"))["sum"] or 0
    if total:
        yield "total", total
    moves = Transfer.objects.annotate(
        lines=Count("postings"),
        sum=Sum("postings__amount"),
        moved=Sum("postings__amount", filter=Q(postings__amount__gt=0)),
    )
    wrong = moves.filter(Q(lines__lt=2) | ~Q(sum=0) | ~Q(moved=F("amount")))
    for pk in wrong.values_list("pk", flat=True).order_by("at")[:20]:
        yield "transfer", str(pk)
    lost = Posting.objects.exclude(transfer__in=Transfer.objects.all())
    for row in lost.values_list("pk", flat=True).order_by("pk")[:20]:
        yield "posting", row
    of_it = (
        Posting.objects.filter(batch=OuterRef("pk"), account=Account.HELD)
        .order_by()
        .values("batch")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    kept = Batch.objects.annotate(posted=Coalesce(Subquery(of_it, output_field=IntegerField()), 0))
    for row in kept.exclude(left=F("posted")).values_list("pk", flat=True).order_by("pk")[:20]:
        yield "batch", row
    strange = Posting.objects.filter(batch__isnull=False).exclude(unit=F("batch__unit"))
    for row in strange.values_list("pk", flat=True).order_by("pk")[:20]:
        yield "unit", row
