"""Messages in and out: bounded, in the protocol's order, and nothing else on stdout.

Maintainers: pygls 2 reads as many bytes as a header names, answers requests before `initialize` with an internal error,
and requests after `shutdown` not at all. Its log has whole documents and tracebacks in it, which an editor may print.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import IO, Any, BinaryIO, cast

from lsprotocol.types import EXIT, INITIALIZE, ErrorCodes, ResponseError
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

LARGEST_MESSAGE = 64 * 1024 * 1024
"""Bytes of the largest message that is read. A longer one is passed over."""

_LONGEST_HEADER = 8 * 1024
_LONGEST_QUOTE = 80
_SHARE = 0.001
"""Seconds that the thread which reads everything again may keep a keystroke waiting, each time."""

_AT_ONCE = 1024 * 1024


class Protocol(LanguageServerProtocol):
    """The language server protocol, with an answer to what comes before its beginning and after its end."""

    begun = False

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as its type; of a request that has not the form of its method, an answer and nothing."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" not in data or "method" not in data:
                raise
            self._send_response(data["id"], error=error.to_response_error())
            return None

    def handle_message(self, message: Any) -> None:
        """Hand a message to its feature if it may come now."""
        if message is None:
            return
        if not hasattr(message, "jsonrpc"):
            raise JsonRpcInvalidRequest(f"not a message: {str(message)[:_LONGEST_QUOTE]}")
        method = getattr(message, "method", None)
        if method is None or method == EXIT or (self.begun and not self._shutdown and method != INITIALIZE):
            super().handle_message(message)
        elif method == INITIALIZE and not self.begun:
            self.begun = True
            super().handle_message(message)
        elif (identifier := getattr(message, "id", None)) is not None:
            early = not self.begun
            code = ErrorCodes.ServerNotInitialized if early else ErrorCodes.InvalidRequest
            said = "the first request is initialize" if early else f"{method} comes too late"
            self._send_response(identifier, error=ResponseError(code, said))


class BoundedInput:
    """The input as pygls reads it: lines and bodies of a bounded length."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readline(self) -> bytes:
        """The next line, or as much of it as a header may have."""
        line = self._stream.readline(_LONGEST_HEADER)
        # A body that was longer than it said leaves its end before the next header.
        return line[max(0, line.rfind(b"Content-Length:")) :]

    def read(self, count: int) -> bytes:
        """The next `count` bytes; of a body that is too long nothing that is a message."""
        if count <= LARGEST_MESSAGE:
            return self._stream.read(count)
        while count > 0 and (piece := self._stream.read(min(count, _AT_ONCE))):
            count -= len(piece)
        return b'"a message that is too long"'


def run(server: LanguageServer) -> int:
    """Serve on stdin and stdout until one of them closes or the client says so, and return the exit code."""
    logging.getLogger().addHandler(logging.NullHandler())
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    sys.setswitchinterval(_SHARE)
    sys.stdout = sys.stderr  # Whatever a library may print is no message.
    server.start_io(cast(BinaryIO, BoundedInput(stdin)), stdout)
    return 0


def leave(code: int) -> None:
    """End the process at once: a thread that waits for input, or reads a knowledge base, would hold it up."""
    sys.stderr.flush()
    os._exit(code)
