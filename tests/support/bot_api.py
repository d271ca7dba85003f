"""A stand-in for the server of the Telegram Bot API, on loopback: real HTTP, nothing sent out."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

TOKEN = "100500:AAtoken-of-a-bot"


class BotServer:
    """`writes` lets a person write to the bot; `sent` is what the bot said, `refuse` makes the next
    answers faults.
    """

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.refuse: list[tuple[int, dict[str, Any]]] = []
        self.files: dict[str, bytes] = {}
        # What it was told last of where to tell us; nothing in it, where we ask.
        self.webhook: dict[str, Any] | None = None
        self._updates: list[dict[str, Any]] = []
        self._news = threading.Condition()
        self._number = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                """Says nothing."""

            def do_GET(self) -> None:
                path = self.path.removeprefix(f"/file/bot{TOKEN}/")
                data = server.files.get(path)
                self._answer(200 if data is not None else 404, data or b"")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                bot, _, method = self.path.strip("/").partition("/")
                if bot != f"bot{TOKEN}":
                    told: tuple[int, Any] = (401, {"ok": False, "description": "Unauthorized"})
                elif server.refuse and method != "getUpdates":
                    code, more = server.refuse.pop(0)
                    told = (code, {"ok": False, "error_code": code, **more})
                else:
                    result = server.answer(method, body)
                    told = (200, {"ok": True, "result": result})
                self._answer(told[0], json.dumps(told[1]).encode())

            def _answer(self, status: int, data: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def writes(self, who: int, text: str = "", name: str = "Пётр", **more: Any) -> dict[str, Any]:
        """A person writes to the bot; the update it becomes."""
        with self._news:
            self._number += 1
            said = {
                "message_id": self._number, "date": 0,
                "chat": {"id": who, "type": "private"},
                "from": {"id": who, "is_bot": False, "first_name": name},
                **({"text": text} if text else {}), **more,
            }  # fmt: skip
            update = {"update_id": 9000 + self._number, "message": said}
            self._updates.append(update)
            self._news.notify_all()
        return update

    def answer(self, method: str, body: bytes) -> Any:
        """What a method gives."""
        if method == "sendDocument":
            found = re.search(rb'filename="([^"]*)".*?\r\n\r\n(.*)\r\n--', body, re.DOTALL)
            assert found
            return self._keep({"file": found[1].decode(), "data": found[2]})
        asked = json.loads(body)
        if method in ("setWebhook", "deleteWebhook"):
            self.webhook = asked
            return True
        if method == "sendMessage":
            return self._keep(asked)
        if method == "getFile":
            return {"file_path": asked["file_id"]}
        assert method == "getUpdates"
        self.asked.append(asked)
        with self._news:
            if asked["offset"] > 0:
                self._updates = [
                    one for one in self._updates if one["update_id"] >= asked["offset"]
                ]
            new = [one for one in self._updates if one["update_id"] >= asked["offset"]]
            if not new:
                self._news.wait(asked["timeout"])
            return [one for one in self._updates if one["update_id"] >= asked["offset"]]

    def _keep(self, said: dict[str, Any]) -> dict[str, int]:
        self.sent.append(said)
        return {"message_id": 500 + len(self.sent)}

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
