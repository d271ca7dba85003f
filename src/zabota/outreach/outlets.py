"""Out by another channel than e-mail: one interface, an adapter for each."""

from typing import Final, Protocol

from django.utils.crypto import salted_hmac

from zabota.outreach.bot import Bot
from zabota.outreach.models import Gate, GateKind, Message
from zabota.outreach.passwords import password_of


class Outlet(Protocol):
    """How words and files get into a conversation; a fault is an OSError, `for_good` where trying
    again changes nothing.
    """

    def words(self, message: Message, text: str) -> str:
        """Say this; what the channel calls it."""
        ...

    def file(self, message: Message, name: str, data: bytes) -> str:
        """Send this file; what the channel calls it."""
        ...


class TelegramOutlet:
    """By a bot of the firm."""

    def __init__(self, gate: Gate) -> None:
        self._bot = bot_of(gate)

    def words(self, message: Message, text: str) -> str:
        """Into the chat the message names."""
        return self._bot.send_text(message.address, text)

    def file(self, message: Message, name: str, data: bytes) -> str:
        """Into the chat the message names."""
        return self._bot.send_file(message.address, name, data)


OUTLETS: Final[dict[str, type[TelegramOutlet]]] = {GateKind.TELEGRAM: TelegramOutlet}


def webhook_secret(gate: Gate) -> str:
    """What the server of a bot has to say, so that we believe it; another address, another
    secret.
    """
    return salted_hmac("zabota.bot-webhook", gate.key, algorithm="sha256").hexdigest()


def bot_of(gate: Gate) -> Bot:
    """The bot with its token; NoPassword says why there is none."""
    return Bot(password_of(gate), str(gate.options.get("api") or ""))
