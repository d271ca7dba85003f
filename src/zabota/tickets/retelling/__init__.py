"""A client's words retold so that nobody knows whose they are: names, companies, numbers, ways to
reach them changed, the same one always into the same other.

Free of Django. What a rule knows it changes in any form; a person reads the text before it is kept,
and `what_is_left` names what of the client still stands in it.
"""

from zabota.tickets.retelling.known import Known
from zabota.tickets.retelling.left import what_is_left
from zabota.tickets.retelling.retell import Retold, retell

__all__ = ["Known", "Retold", "retell", "what_is_left"]
