"""Talking to a server of the Telegram Bot API: plain HTTP, nothing of Django.

The token stands in every address, so no address is ever told in a fault.
"""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Final

API: Final = "https://api.telegram.org"
# Seconds we wait for an answer, beside those the server was asked to hold it.
PATIENCE: Final = 20
# What we are told of; what a person puts right comes as a line of its own.
TOLD = ["message", "edited_message"]
LONGEST: Final = 4096
LARGEST: Final = 20 * 1024 * 1024
MOST_UPDATES: Final = 50


class BotFault(OSError):
    """It did not work; `for_good` where trying again changes nothing, `after` says when to."""

    def __init__(self, words: str, *, for_good: bool = False, after: int = 0) -> None:
        super().__init__(words)
        self.for_good, self.after = for_good, after


class _Stays(urllib.request.HTTPRedirectHandler):
    """The token goes to no other place than the one named."""

    def redirect_request(self, *args: Any, **given: Any) -> None:
        return None


_opener = urllib.request.build_opener(_Stays)


class Bot:
    """One bot at one server. Chats and messages are known by the server's numbers."""

    def __init__(self, token: str, api: str = "") -> None:
        self._token, self._api = token, (api or API).rstrip("/")
        if not self._api.startswith(("https://", "http://")):
            raise BotFault("the server of the Bot API is no web address", for_good=True)

    def updates(self, after: int, wait: int) -> list[dict[str, Any]]:
        """What came after that update, which the server forgets by that; with a negative number,
        whatever it has not been told to forget. It holds the answer `wait` seconds for news.
        """
        asked = {
            "offset": after + 1, "timeout": wait, "limit": MOST_UPDATES,
            "allowed_updates": TOLD,
        }  # fmt: skip
        found = self._call("getUpdates", asked, wait)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def tell_us(self, address: str, secret: str) -> None:
        """What comes is told by the server itself, one update after another, with our secret; until
        `ask_again`.
        """
        told = {
            "url": address, "secret_token": secret, "max_connections": 1,
            "allowed_updates": TOLD,
        }  # fmt: skip
        self._call("setWebhook", told)

    def ask_again(self) -> None:
        """What comes waits until it is asked for."""
        self._call("deleteWebhook", {})

    def send_text(self, chat: str, text: str) -> str:
        """Words to a chat, in several messages where they do not fit; the number of the first."""
        sent = [
            self._call("sendMessage", {"chat_id": chat, "text": text[start : start + LONGEST]})
            for start in range(0, max(len(text), 1), LONGEST)
        ]
        return str(sent[0]["message_id"])

    def send_file(self, chat: str, name: str, data: bytes) -> str:
        """A file to a chat; its number there."""
        sent = self._post("sendDocument", *_multipart(chat, name, data))
        return str(sent["message_id"])

    def file(self, file: str) -> bytes:
        """The bytes of a file somebody sent."""
        path = str(self._call("getFile", {"file_id": file}).get("file_path", ""))
        if not path or ".." in path:
            raise BotFault("the server names no file", for_good=True)
        request = urllib.request.Request(f"{self._api}/file/bot{self._token}/{path}")  # noqa: S310
        return self._answer(request, PATIENCE)

    def _call(self, method: str, asked: Mapping[str, Any], wait: int = 0) -> Any:
        return self._post(method, json.dumps(asked).encode(), "application/json", wait)

    def _post(self, method: str, body: bytes, media_type: str, wait: int = 0) -> Any:
        request = urllib.request.Request(  # noqa: S310
            f"{self._api}/bot{self._token}/{method}", body, {"Content-Type": media_type}
        )
        try:
            told = json.loads(self._answer(request, PATIENCE + wait))
        except ValueError:
            raise BotFault("the server answered with something else") from None
        if not isinstance(told, dict) or not told.get("ok"):
            raise BotFault("the server answered with something else")
        return told.get("result")

    def _answer(self, request: urllib.request.Request, patience: int) -> bytes:
        try:
            with _opener.open(request, timeout=patience) as answer:
                data: bytes = answer.read(LARGEST + 1)
        except urllib.error.HTTPError as fault:
            raise _told(fault) from None
        except (urllib.error.URLError, TimeoutError, ValueError) as fault:
            reason = getattr(fault, "reason", None) or type(fault).__name__
            raise BotFault(f"the server cannot be reached: {reason}") from None
        if len(data) > LARGEST:
            raise BotFault("the file is too large", for_good=True)
        return data


def _told(fault: urllib.error.HTTPError) -> BotFault:
    """What the server says is wrong. Who blocked the bot, or a chat that is gone, stays so."""
    try:
        told = json.loads(fault.read(10_000))
    except (ValueError, OSError):
        told = {}
    told = told if isinstance(told, dict) else {}
    words = str(told.get("description") or f"HTTP {fault.code}")[:200]
    after = (told.get("parameters") or {}).get("retry_after", 0)
    return BotFault(
        words, for_good=fault.code in (400, 403), after=after if isinstance(after, int) else 0
    )


def _multipart(chat: str, name: str, data: bytes) -> tuple[bytes, str]:
    edge = secrets.token_hex(16)
    plain = name.replace('"', "'").replace("\r", " ").replace("\n", " ")
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n{chat}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="document"; filename="{plain}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + data + f"\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"
