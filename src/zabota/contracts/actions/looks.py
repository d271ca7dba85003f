"""Who had which version before their eyes: what changed since is shown to them first. Not
journaled.
"""

from datetime import datetime

from zabota.contracts.models import Contract, Look
from zabota.contracts.rules import Viewer


def note_look(contract: Contract, *, by: Viewer, at: datetime) -> None:
    """This person has now seen the present version."""
    if contract.version_id is None:
        return
    Look.objects.update_or_create(
        contract=contract, user=by.user, defaults={"version_id": contract.version_id, "at": at}
    )
