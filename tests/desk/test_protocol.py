"""What no editor should say, and what becomes of a server that is not ended as it should be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import BODY, FRONT_MATTER, MKDOCS_YML, PATTERN
from tests.desk.editor import Editor

Start = Callable[..., Editor]

PATH = "docs/postmortems/2026/01-checkout/postmortem.md"
SOUND = f"{FRONT_MATTER}{BODY}"


@pytest.fixture
def knowledge_base(tmp_path: Path) -> Path:
    for path, text in {"mkdocs.yml": MKDOCS_YML, "docs/patterns/database-issues.md": PATTERN, PATH: SOUND}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def message(body: bytes, length: int | None = None) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body) if length is None else length, body)


def notification(**values: Any) -> bytes:
    return message(json.dumps({"jsonrpc": "2.0", **values}).encode())


NONSENSE = {
    "no JSON": message(b"{"),
    "no UTF-8": message(b"\xff\xfe"),
    "a list": message(b"[]"),
    "a number": message(b"7"),
    "nested deeply": message(b"[" * 100_000),
    "no message": message(b"{}"),
    "another version": message(b'{"jsonrpc": "1.0", "method": "x", "params": {}}'),
    "an answer to nothing": message(b'{"jsonrpc": "2.0", "id": 99, "result": null}'),
    "a length that is no number": b"Content-Length: x\r\n\r\n",
    "another protocol": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "an endless header": b"x" * 100_000 + b"\n",
    "a length that is too short": message(b'{"jsonrpc": "2.0"}', 10),
    "a body that is too long": message(b" " * 70_000_000),
    "an unknown notification": notification(method="no/such", params={}),
    "other parameters": notification(method="textDocument/didChange", params={"a": 1}),
    "a change of what is not open": notification(
        method="textDocument/didChange",
        params={"textDocument": {"uri": "file:///x.md", "version": 1}, "contentChanges": [{"text": "x"}]},
    ),
    "a document without a file": notification(
        method="textDocument/didOpen",
        params={"textDocument": {"uri": "untitled:x", "languageId": "x", "version": 1, "text": "\ud800"}},
    ),
}


def test_nonsense_is_passed_over(start: Start, knowledge_base: Path) -> None:
    editor = start(knowledge_base)
    editor.open(PATH)
    for number, (what, nonsense) in enumerate(NONSENSE.items()):
        editor.raw(nonsense)
        text, expected = (SOUND, set()) if number % 2 else (SOUND.replace("SEV2", "SEV9"), {"invalid-value"})
        editor.type(PATH, text)
        assert editor.rules(PATH, expected) == expected, what
    assert editor.ended() == (0, "")


def test_a_request_has_an_answer_whatever_it_is(start: Start, knowledge_base: Path) -> None:
    editor = start(knowledge_base, begin=False)
    assert (
        editor.ask("textDocument/hover", textDocument={"uri": "x"}, position={"line": 0, "character": 0})["code"]
        == -32002
    )
    editor.begin()
    assert editor.ask("no/such")["code"] == -32601
    assert editor.ask("textDocument/hover", nothing=1)["code"] == -32602
    assert editor.ask("initialize", processId=1, rootUri=None, capabilities={})["code"] == -32600
    assert editor.ask("shutdown") is None
    assert editor.ask("no/such")["code"] == -32600
    editor.tell("exit")
    assert editor.gone() == (0, "")


def test_the_end_of_stdin_is_the_end(start: Start, knowledge_base: Path) -> None:
    assert start(knowledge_base, begin=False).ended() == (0, "")
    editor = start(knowledge_base)
    editor.open(PATH)
    assert editor.ended() == (0, "")


def test_a_server_that_was_killed_starts_again(start: Start, knowledge_base: Path) -> None:
    for number in (signal.SIGKILL, signal.SIGINT):
        editor = start(knowledge_base)
        editor.open(PATH)
        os.kill(editor.process.pid, number)
        _, said = editor.gone()
        assert said == ""
    editor = start(knowledge_base)
    editor.open(PATH, "")
    assert "missing-front-matter" in editor.rules(PATH, {"missing-front-matter"})


def test_a_reader_that_has_gone_ends_it_without_a_traceback(knowledge_base: Path) -> None:
    program = str(Path(sys.executable).with_name("postmortems"))
    opened = {"uri": (knowledge_base / PATH).as_uri(), "languageId": "markdown", "version": 1, "text": ""}
    with subprocess.Popen(
        [program, "lsp"], cwd=knowledge_base, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        initialize = {"id": 1, "method": "initialize", "params": {"processId": 1, "rootUri": None, "capabilities": {}}}
        process.stdin.write(
            notification(**initialize) + notification(method="textDocument/didOpen", params={"textDocument": opened})
        )
        process.stdin.close()
        assert process.stderr.read() == b""


def test_without_its_libraries_it_says_what_to_install(knowledge_base: Path) -> None:
    hidden = "import sys; sys.modules['pygls'] = None; from postmortems.cli.main import main; main(['lsp'])"
    ended = subprocess.run([sys.executable, "-c", hidden], cwd=knowledge_base, capture_output=True, check=False)
    expected = "postmortems: the language server needs pygls: pip install 'mkdocs-postmortems[lsp]'\n"
    assert (ended.returncode, ended.stdout, ended.stderr.decode()) == (2, b"", expected)


def test_no_other_command_loads_its_libraries() -> None:
    loaded = "import sys, postmortems.cli.check, postmortems.publish.plugin; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, encoding="utf-8")
    assert not {"pygls", "lsprotocol", "postmortems.desk"} & set(ended.stdout.split())
