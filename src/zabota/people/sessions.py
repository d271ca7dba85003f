"""Who is signed in: Django's sessions in the database, found by a query put together once."""

import json
from functools import lru_cache
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.core import signing
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

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What a row holds, if it is signed by us."""
        try:
            return dict(json.loads(_signed(str(session_data), self.key_salt)))
        except (signing.BadSignature, ValueError):
            # It is nobody's session, and Django says so in the log.
            return dict(super().decode(session_data))


class _AsItIs(signing.JSONSerializer):
    """Of what was signed the text itself."""

    def loads(self, data: bytes) -> str:
        return data.decode("latin-1")


@lru_cache(maxsize=1024)
def _signed(session_data: str, salt: str) -> str:
    """The text of a session whose signature holds: the same row is read with every page, and holds
    no less for having been read before.
    """
    return str(signing.loads(session_data, salt=salt, serializer=_AsItIs))


_unexpired = Prepared(lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at))
