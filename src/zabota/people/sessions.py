"""Who is signed in: Django's sessions in the database, found by a query put together once."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from zabota.common.prepared import Prepared


class SessionStore(DatabaseStore):
    """Every page begins by reading its session; how it is kept is Django's own work."""

    def _get_session_from_db(self) -> Session | None:
        # Django stamps a session by the machine's clock, which is asked here too.
        found = _unexpired(self.session_key, timezone.now()) if self.session_key else []
        if not found:
            self._session_key = None
            return None
        return found[0]


_unexpired = Prepared(lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at))
