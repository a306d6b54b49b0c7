"""PM801: every kind of secret in any surroundings, and what only looks like one."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.check.made_secrets import KINDS, made_secret

from postmortems.check import detectors
from postmortems.check.detectors import DETECTORS, PRIVATE_KEYS
from postmortems.check.secrets import find_secrets
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.excerpt import LONGEST
from postmortems.text.prefilter import token_signs

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"
FOLDER = PATH.removesuffix("/postmortem.md")
LESSON = "A pool is a queue, and a queue wants an alert on its length."
ROW = "| 14:32 | Connection pool found exhausted | Pool enlarged |"
GITHUB = "".join(made_secret("a GitHub token", 1))

SURROUNDINGS = [
    "{}",
    "the log held `{}` until 14:23",
    "| 14:23 | {} | Pool enlarged |",
    '  "detail": "{}",',
    "<!-- {} -->",
    "(see {})",
    "é" * 2500 + " {} " + "word " * 500,
]


@pytest.mark.parametrize("surroundings", SURROUNDINGS, ids=lambda text: text[:12])
@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_is_found_whole_wherever_it_stands(kind: str, surroundings: str) -> None:
    for seed in range(20):
        before, secret, behind = made_secret(kind, seed)
        line = surroundings.format(before + secret + behind)
        found = [line[one.start : one.end] for one in find_secrets(line)]
        assert len(found) == 1, (line, found)
        assert secret in found[0] or found[0] in secret, (secret, found)
        assert len(found[0]) >= len(secret) - len(behind) - 9, (secret, found)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(0, 10**9))
@settings(deadline=None, max_examples=60)
def test_whatever_a_detector_finds_has_a_sign(kind: str, seed: int) -> None:
    assert next(token_signs("".join(made_secret(kind, seed)).encode()), None) is not None


def test_every_detector_is_tried_here() -> None:
    texts = ["".join(made_secret(kind, 3)) for kind in KINDS]
    for detector in DETECTORS:
        assert any(list(detector.values(text)) for text in texts), detector.what


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("reverted in 0c1e64fd6ba3d0b2f4a8e5f1a7c9d3b5e7f90123", id="commit hash"),
        pytest.param('the package was "5d41402abc4b2a76b9719d911017c592ae0b1c3d"', id="quoted commit hash"),
        pytest.param("trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span=00f067aa0ba902b7", id="trace id"),
        pytest.param("request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 failed", id="UUID"),
        pytest.param('ETag: "33a64df551425fcc55e4d42a148795d9f25f89d4"', id="ETag"),
        pytest.param("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", id="digest"),
        pytest.param(
            "https://explorer.example/tx/0x7d793037a0760186574b0282f2f435e7c1b4a9d2e8f3065b41c7d9e0a2b3c4d5", id="tx"
        ),
        pytest.param("arn:aws:iam::123456789012:role/deploy-role-for-production-eu", id="ARN"),
        pytest.param("node-eu-west-default-pool-3c91f0aa-x7k2.c.shop.internal:10250", id="host"),
        pytest.param("1650000000:some-quite-long-name-of-a-kubernetes-job-0", id="time and name"),
        pytest.param("MyVeryLongClassNameIsHere.Config.AndThisIsAMethodWithALongName", id="class and method"),
        pytest.param("ssh://git@github.com/team/repo", id="user without password"),
        pytest.param("http://localhost:8080/@scope", id="port and scope"),
        pytest.param("API key: rotated twice since Monday", id="key in prose"),
        pytest.param("the password: changed", id="password in prose"),
        pytest.param("password=os.environ.DB_PASSWORD_2", id="reference"),
        pytest.param("API_KEY=PROD_API_KEY_2", id="name of a variable"),
        pytest.param("primary_key=customer_id_2024", id="key of a table"),
        pytest.param("token: 4bf92f3577b34da6a3ce929d0e0e4736", id="token of something"),
        pytest.param('grep -r "BEGIN RSA PRIVATE' + ' KEY" .', id="search for a key"),
        pytest.param("starts with PuTTY-User-Key" + "-File-2", id="search for PuTTY's key"),
        pytest.param("db_password=credentials[1][2]", id="element of a list"),
        pytest.param("login(user, password='password123')", id="password and digits"),
        pytest.param("https://a:b@db.internal/", id="one letter"),
        pytest.param("-----BEGIN CERTIFICATE-----", id="certificate"),
        pytest.param("-----BEGIN PUBLIC" + " KEY-----", id="public key"),
        pytest.param("eyJhbGciOiJIUzI1NiJ9.notjson.sig", id="no JSON in it"),
        pytest.param("the key AKIAIOSFODNN7EXAMPLE", id="AWS' own example"),
        pytest.param("gh" + "p_" + "x" * 36, id="x for every letter"),
        pytest.param("gh" + "p_<token>", id="token in angle brackets"),
        pytest.param("Bearer $TOKEN", id="variable"),
        pytest.param("password: ${DB_PASSWORD_2}", id="template"),
        pytest.param("password: {{ db_password2 }}", id="Jinja"),
        pytest.param("password=[redacted-2024]", id="redacted"),
        pytest.param("DB_PASSWORD=********12", id="stars"),
        pytest.param("postgres://user:password@db.internal/app", id="user:password"),
        pytest.param("postgres://app:<password>@db.internal/app", id="password in angle brackets"),
        pytest.param("postgres://app:hunter2@db.example.com/app", id="host for documentation"),
        pytest.param(
            "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX", id="Slack's own example"
        ),
        pytest.param("s" + "k_test_" + "4eC39HqLyjWDarjtT1zdp7dc", id="key of a test mode"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_only_looks_like_a_secret_is_left_alone(text: str) -> None:
    assert find_secrets(text) == ()


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("a GitHub token", r'"gh[opusr]_… \(40 characters\)" is a GitHub token'),
        ("a private key", r'"BEGIN RSA PRIVATE KEY… \(\d+ characters\)" is the beginning of a private key'),
        ("a password by its name", r'"[^"…]{2,4}… \(\d+ characters\)" is a password or key'),
    ],
)
def test_the_message_shows_the_first_letters_and_the_length(kind: str, shown: str, check: Check) -> None:
    found = check((LESSON, "".join(made_secret(kind, 5))))
    assert [one.code for one in found] == ["PM801"]
    assert re.fullmatch(shown, found[0].message)
    assert found[0].help.startswith("rotate it first")


def test_of_a_short_password_less_is_shown(check: Check) -> None:
    found = check((LESSON, "postgres://app:abc1@db.internal/x"))
    assert [one.message for one in found] == ['"a… (4 characters)" is a password in an address']


SECRET_PLACES = {
    "front matter": (("owner: storage-team", f"owner: storage-team\nx-note: {GITHUB}"), {}, PATH),
    "a comment of YAML": (("owner: storage-team", f"owner: storage-team # {GITHUB}"), {}, PATH),
    "prose": ((LESSON, GITHUB), {}, PATH),
    "code": ((LESSON, f"A pool.\n\n```text\n{GITHUB}\n```"), {}, PATH),
    "a comment": ((LESSON, f"A pool.\n\n<!-- {GITHUB} -->"), {}, PATH),
    "a timeline": ((ROW, ROW.replace("Pool enlarged", GITHUB)), {}, PATH),
    "a pattern": (
        None,
        {"patterns/database-issues.md": f"---\ntitle: D\nfamily: database\n---\n\nIt waits for {GITHUB}.\n"},
        "patterns/database-issues.md",
    ),
    "a timeline.json": (
        None,
        {f"{FOLDER}/timeline.json": '[{"at": "2024-02-06T14:23:00Z", "event": "' + GITHUB + '"}]'},
        f"{FOLDER}/timeline.json",
    ),
    "an artifact": (
        None,
        {f"{FOLDER}/artifacts/app.log": f"14:23 start\r\n14:24 {GITHUB}\r\n"},
        f"{FOLDER}/artifacts/app.log",
    ),
    "the register": (None, {"postmortems/register.yml": f"- id: x # {GITHUB}\n"}, "postmortems/register.yml"),
}


@pytest.mark.parametrize(("replaced", "files", "path"), SECRET_PLACES.values(), ids=SECRET_PLACES)
def test_it_is_found_in_every_part_of_every_file(
    replaced: tuple[str, str] | None, files: dict[str, str], path: str, check: Check
) -> None:
    found = [one for one in check(*([replaced] if replaced else []), files=files) if one.code == "PM801"]
    assert [one.place.path for one in found] == [path]
    assert found[0].place.end_column - found[0].place.column == len(GITHUB)


def test_an_artifact_is_not_searched_for_personal_data(check: Check) -> None:
    found = check(files={f"{FOLDER}/artifacts/access.log": "34.120.7.9 GET / jane.doe@wholesale.shop\n"})
    assert {one.code for one in found} == {"PM702"}


def test_pictures_are_not_opened(check: Check) -> None:
    assert {one.code for one in check(files={f"{FOLDER}/artifacts/graph.png": GITHUB})} == {"PM702"}


@pytest.mark.parametrize(
    "repeated", ["eyJ", "sk-", "://a:", "xoxb-1-", "glpat-", "a.", "'", "//", "password=", "PRIVATE KEY"]
)
def test_no_pattern_of_the_library_gets_a_long_text(repeated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    for detector in DETECTORS:
        if not detector.on_line:
            looked_at = [_Watched(pattern, lengths) for pattern in detector.plugin.denylist]
            monkeypatch.setattr(detector.plugin, "denylist", looked_at, raising=False)
    find_secrets(repeated * (20_000 // len(repeated)) + GITHUB)
    assert lengths
    assert max(lengths) <= LONGEST


class _Watched:
    """A pattern that notes how long the texts are that it gets."""

    def __init__(self, pattern: re.Pattern[str], lengths: list[int]) -> None:
        self.pattern, self.lengths = pattern, lengths

    def finditer(self, text: str) -> object:
        self.lengths.append(len(text))
        return self.pattern.finditer(text)


def test_nobody_is_asked_whether_a_secret_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a detector opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for kind in KINDS:
        assert find_secrets(" ".join(made_secret(kind, 9)[1:])) is not None


@settings(deadline=None)
@example("\ud800" + GITHUB)
@given(st.text() | st.text(alphabet="eyJ.-_:/@=\"'AKIAghp0123 \\"))
def test_no_text_makes_it_stumble(text: str) -> None:
    for one in find_secrets(text):
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.head <= one.length


def test_private_keys_are_found_by_the_library_and_beyond() -> None:
    assert detectors.PrivateKeyDetector in map(type, PRIVATE_KEYS)
    for header in ("-----BEGIN ENCRYPTED PRIVATE" + " KEY-----", "PuTTY-User-Key" + "-File-3: ssh-ed25519"):
        assert [one.what for one in find_secrets(header)] == ["the beginning of a private key"]
