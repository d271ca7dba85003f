"""What a client may choose when something is late."""

from zabota.orders.models import Choice, Delay


def choices_of(delay: Delay) -> list[str]:
    """What may be chosen: a part can be shipped where something of the order is not late."""
    late = {one.line_id for one in delay.lines.all()}
    others = [line for line in delay.order.lines.all() if line.pk not in late and line.left > 0]
    return [one for one in Choice.values if one != Choice.PARTIAL or others]
