"""An editor as far as a language server sees one: it speaks the protocol by hand, so that it can speak it wrongly, too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from tests.commands import ENVIRONMENT

Message = dict[str, Any]
_PATIENCE = 60
"""Seconds in which an answer comes even where the machine has much else to do."""


class SilenceError(AssertionError):
    """A server that does not answer."""


class Editor:
    """A running server, and what it has said: findings by file, and all messages in their order."""

    def __init__(self, folder: Path, **initialize: Any) -> None:
        program = str(Path(sys.executable).with_name("postmortems"))
        self.process = subprocess.Popen(
            [program, "lsp"],
            cwd=folder,
            env={**os.environ, **ENVIRONMENT},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A shell has what it runs in the background ignore Ctrl-C, and a child would inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.folder = folder
        self.encoding = "utf-16"
        self.messages: list[Message] = []
        self.latest: dict[str, list[Message]] = {}
        self._queue: Queue[Message | None] = Queue()
        self._next = 0
        self._versions: dict[str, int] = {}
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        if initialize.pop("begin", True):
            self.begin(**initialize)

    def begin(self, encodings: list[str] | None = None, watch: bool = False) -> Message:
        capabilities: Message = {"general": {"positionEncodings": encodings} if encodings else {}}
        if watch:
            able = {"dynamicRegistration": True, "relativePatternSupport": True}
            capabilities["workspace"] = {"didChangeWatchedFiles": able}
        root = self.folder.as_uri()
        answer = self.ask("initialize", processId=os.getpid(), rootUri=root, capabilities=capabilities)
        self.encoding = answer["capabilities"]["positionEncoding"]
        self.tell("initialized")
        return answer

    def raw(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: Any) -> None:
        body = json.dumps(message).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def tell(self, method: str, **params: Any) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        """The result of a request, or its error."""
        self._next += 1
        self.send({"jsonrpc": "2.0", "id": self._next, "method": method, "params": params})
        number = self._next
        answer = self.until(lambda message: message.get("id") == number and "method" not in message)
        return answer["error"] if "error" in answer else answer["result"]

    def until(self, wanted: Any) -> Message:
        """The next message that is wanted."""
        while True:
            try:
                message = self._queue.get(timeout=_PATIENCE)
            except Empty:
                raise SilenceError from None
            assert message is not None, self.ended()
            self.messages.append(message)
            if message.get("method") == "textDocument/publishDiagnostics":
                self.latest[message["params"]["uri"]] = message["params"]["diagnostics"]
            if "id" in message and "method" in message:
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": None})
            if wanted(message):
                return message

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Listen until something is so; where it never is, go on, and let the test say what is."""
        with suppress(SilenceError):
            while not is_so():
                self.until(lambda _: True)

    def uri(self, path: str) -> str:
        return (self.folder / path).as_uri()

    def open(self, path: str, text: str | None = None) -> str:
        """Open a file, and return its text as an editor has it: without a byte order mark."""
        if text is None:
            text = (self.folder / path).read_bytes().decode("utf-8-sig", "replace")
        self._versions[path] = 1
        item = {"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=item)
        return text

    def type(self, path: str, text: str) -> int:
        """Give an open file this text, and return its version."""
        self._versions[path] += 1
        document = {"uri": self.uri(path), "version": self._versions[path]}
        self.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])
        return self._versions[path]

    def close(self, path: str) -> None:
        self.tell("textDocument/didClose", textDocument={"uri": self.uri(path)})

    def changed(self, *paths: str) -> None:
        """Say that files have changed on disk."""
        self.tell("workspace/didChangeWatchedFiles", changes=[{"uri": self.uri(path), "type": 2} for path in paths])

    def published(self, path: str, version: int | None = None) -> list[Message]:
        """The next findings of a file; of a version, if one is given."""
        message = self.until(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == self.uri(path)
                and version in (None, message["params"].get("version"))
            )
        )
        found: list[Message] = message["params"]["diagnostics"]
        return found

    def rules(self, path: str, expected: set[str]) -> set[str]:
        """The rules whose findings are shown in a file, once they are those which are expected."""

        def shown() -> set[str]:
            return {found["code"].split()[-1] for found in self.latest.get(self.uri(path), ())}

        self.wait(lambda: self.uri(path) in self.latest and shown() == expected)
        return shown()

    def ended(self) -> tuple[int, str]:
        """The exit code and stderr, once stdin is closed."""
        assert self.process.stdin
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        return self.gone()

    def gone(self) -> tuple[int, str]:
        """The exit code and stderr of a server that ends."""
        code = self.process.wait(timeout=_PATIENCE)
        self._listener.join()
        assert self.process.stdin
        assert self.process.stdout
        assert self.process.stderr
        said = "" if self.process.stderr.closed else self.process.stderr.read().decode()
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()
        self.process.stderr.close()
        return code, said

    def _listen(self) -> None:
        assert self.process.stdout
        stream = self.process.stdout
        while header := stream.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b": ")
                assert name.startswith(b"Content-"), header
                length = int(value) if name == b"Content-Length" else length
                header = stream.readline()
            self._queue.put(json.loads(stream.read(length)))
        self._queue.put(None)
