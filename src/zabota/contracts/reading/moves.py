"""Which clauses the record says were moved between two texts of a contract."""

from zabota.contracts.models import Change, Contract
from zabota.contracts.reading.texts import Chosen
from zabota.contracts.surgery import moved_by_hand


def recorded_moves(contract: Contract, old: Chosen, new: Chosen) -> list[str]:
    """The clauses their writers moved, the latest last; one query. Of two neighbours that changed
    places the texts alone cannot tell which was moved: the changes of the versions between them
    can, and of what is not sent yet the draft. What was moved in the earlier text itself comes
    first: our version may only have taken it back.
    """
    first, last = sorted((old.place, new.place))
    rows = Change.objects.filter(
        contract=contract,
        version__number__gte=first,
        version__number__lte=last,
        place__isnull=False,
    ).order_by("version__number", "pk")
    found = list(rows.values_list("clause", flat=True))
    for chosen in (old, new):
        found += moved_by_hand(chosen.tree)
    # Only the last move of a clause says how late it was moved.
    return list(dict.fromkeys(reversed(found)))[::-1]
