"""The detectors for secrets: those of detect-secrets that look for a shape of its own, and a few that it lacks.

Maintainers: importing this takes longer than a whole check, since detect-secrets imports `requests`. So only
`secrets.py` imports it, and only once a text has a sign of a secret. Of a detector we use its patterns alone; its
`verify` would ask the provider over the network and is never called.

Left out of detect-secrets are the detectors for high entropy, which report the commit hashes and trace ids that
postmortems are full of; that for keywords, whose patterns take a second for two thousand characters (`NamedSecret` is
a narrower one); and those for Artifactory, Cloudant, IBM and SoftLayer, whose shapes are ordinary words or hashes.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.azure_storage_key import AzureStorageKeyDetector
from detect_secrets.plugins.base import RegexBasedDetector
from detect_secrets.plugins.basic_auth import BasicAuthDetector
from detect_secrets.plugins.discord import DiscordBotTokenDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.mailchimp import MailchimpDetector
from detect_secrets.plugins.npm import NpmDetector
from detect_secrets.plugins.openai import OpenAIDetector
from detect_secrets.plugins.private_key import PrivateKeyDetector
from detect_secrets.plugins.pypi_token import PypiTokenDetector
from detect_secrets.plugins.sendgrid import SendGridDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.square_oauth import SquareOAuthDetector
from detect_secrets.plugins.stripe import StripeDetector
from detect_secrets.plugins.telegram_token import TelegramBotTokenDetector
from detect_secrets.plugins.twilio import TwilioKeyDetector


class LaterKey(RegexBasedDetector):
    """First lines of private keys that detect-secrets does not know."""

    secret_type = "Later Private Key"  # noqa: S105 - a name
    denylist = (re.compile(r"BEGIN ENCRYPTED PRIVATE KEY"), re.compile(r"PuTTY-User-Key-File-[13]"))


class WholeJwt(JwtTokenDetector):
    """JSON Web Tokens of any length, each looked at once: the library's pattern tries every letter of a long word."""

    denylist = [  # noqa: RUF012 - as its parent has it
        re.compile(
            r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,8000}={0,2}\.[A-Za-z0-9_-]{2,16000}={0,2}(?:\.[A-Za-z0-9_-]{0,8000})?"
        )
    ]


class LaterToken(RegexBasedDetector):
    """Tokens that came after the last release of detect-secrets, or that it knows in one file's syntax only."""

    secret_type = "Later Token"  # noqa: S105 - a name
    denylist = (
        re.compile(r"github_pat_[0-9A-Za-z_]{36,255}"),
        re.compile(r"npm_[0-9A-Za-z]{36}"),
        re.compile(r"xapp-\d-[0-9A-Z]{8,20}-\d{8,20}-[0-9a-z]{40,80}"),
        re.compile(r"AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"),
        # Without its scheme, too: a message may have made `https:/` of it.
        re.compile(r"hooks\.slack\.com/{1,3}services/{1,3}T\w{1,40}/{1,3}B\w{1,40}/{1,3}\w{8,60}"),
    )


class EscapedAddress(RegexBasedDetector):
    r"""Passwords and webhooks in addresses of JSON that writes `\/` for a slash."""

    secret_type = "Escaped Address"  # noqa: S105 - a name
    denylist = (
        re.compile(r":\\/\\/[^\s:/?#@\\]{0,300}:([^\s:/?#@\\]{1,300})@"),
        re.compile(r"hooks\.slack\.com\\/services\\/(T\w{1,40}\\/B\w{1,40}\\/\w{1,60})"),
    )


class NamedSecret(RegexBasedDetector):
    """Values of at least eight characters behind a name that only secrets have: `db_password: …`, `API_KEY=…`."""

    secret_type = "Named Secret"  # noqa: S105 - a name
    denylist = (
        re.compile(
            r"(?:pass(?:word|wd|phrase)|pwd|(?:api|secret|access|private|account)[_-]?key|client[_-]?secret"
            r"|(?:access|auth|refresh|bearer|bot|api)[_-]?token)"
            r"""["'\]]{0,2}[ \t]{0,3}(?:=>|:=|[:=])[ \t]{0,3}["'`]?([^\s"'`,;&|()<>\\]{8,200})""",
            re.IGNORECASE,
        ),
    )


class AuthorizationHeader(RegexBasedDetector):
    """Header that lets a program in: `Authorization: Bearer …`, `Basic …`."""

    secret_type = "Authorization Header"  # noqa: S105 - a name
    denylist = (
        re.compile(
            r"""authorization["']?[ \t]{0,3}[:=][ \t]{0,3}["']?(?:bearer|basic|token|api-?key)[ \t]{1,3}"""
            r"""([A-Za-z0-9._~+/=-]{8,900})""",
            re.IGNORECASE,
        ),
        re.compile(r"\bbearer[ \t]{1,3}([A-Za-z0-9._~+/=-]{20,900})", re.IGNORECASE),
    )


class TokenInAddress(RegexBasedDetector):
    """Part of an address that lets in whoever has it: `?access_token=…`, the signature of a link to a stored file."""

    secret_type = "Token in an Address"  # noqa: S105 - a name
    denylist = (
        re.compile(
            r"[?&;](?:[a-z0-9]{1,20}[_-]){0,3}(?:token|secret|passwd|password|pwd|signature|sig|jwt|auth|api-?key"
            r"|access-?key|session(?:[_-]?id)?)=([^\s&\"'`<>#()\[\]{},;|]{8,900})",
            re.IGNORECASE,
        ),
    )


class SessionCookie(RegexBasedDetector):
    """Cookie by which a browser is the same user again."""

    secret_type = "Session Cookie"  # noqa: S105 - a name
    denylist = (
        re.compile(
            r"(?<![\w.-])(?:jsessionid|phpsessid|asp\.net_sessionid|aspsessionid[a-z]{8}|connect\.sid|[a-z0-9_-]{0,40}_session"
            r"|sessionid|sessid|__(?:secure|host)-[\w.-]{1,40}|\.aspnetcore\.[\w.]{1,40}|s?sess[0-9a-f]{32}"
            r"|wordpress_logged_in_[0-9a-f]{32})=([^\s;,\"'`&<>|]{12,900})",
            re.IGNORECASE,
        ),
        re.compile(
            r"""cookie["']?[ \t]{0,3}[:=][^\n]{0,400}?[\s;:="']"""
            r"""[\w.-]{0,30}(?:sess|sid|auth|token|jwt|login|remember)[\w.-]{0,20}=([^\s;,"'`&<>|]{12,900})""",
            re.IGNORECASE,
        ),
    )


@dataclass(frozen=True, slots=True)
class Detector:
    """One kind of secret: what it is called, and whose patterns find it.

    `captures` says that a group of the pattern is the secret, and what is around it only its context. `is_valid`
    looks at a value whose shape ordinary words can have, too. `on_line` marks one that is safe with a line of any
    length.
    """

    what: str
    plugin: RegexBasedDetector
    captures: bool = False
    is_valid: Callable[[str], bool] | None = None
    on_line: bool = False

    def values(self, text: str) -> Iterator[tuple[int, int]]:
        """Begin and end of each value of this shape in `text`."""
        for pattern in self.plugin.denylist:
            for found in pattern.finditer(text):
                begin, end = _captured(found) if self.captures else found.span()
                if self.is_valid is None or self.is_valid(text[begin:end]):
                    yield begin, end


def _captured(found: re.Match[str]) -> tuple[int, int]:
    """The longest group, else the whole."""
    groups = (found.span(number) for number in range(1, found.re.groups + 1))
    begin, end = max(groups, key=lambda span: span[1] - span[0], default=found.span())
    return (begin, end) if end > begin else found.span()


def _is_mixed(value: str) -> bool:
    return all(any(map(test, value)) for test in (str.islower, str.isupper, str.isdigit))


_REFERENCE = re.compile(r"[A-Za-z_]\w*(?:(?:\.|::|->)\w+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Za-z_][\w.]*\[.*")


def _is_value(value: str) -> bool:
    """True if this can be a password: with a letter and a digit, and neither an address nor a word for it."""
    if "://" in value or _REFERENCE.fullmatch(value):
        return False
    return any(map(str.isalpha, value)) and any(map(str.isdigit, value))


def _is_credential(value: str) -> bool:
    """True if this can follow `Bearer` or `Basic`, which is base64 of a name, a colon and a password."""
    try:
        return _is_value(value) or b":" in b64decode(value, validate=True)
    except ValueError:
        return False


PRIVATE_KEYS = (PrivateKeyDetector(), LaterKey())

DETECTORS = (
    Detector("an AWS access key", AWSKeyDetector(), captures=True),
    Detector("an Azure storage key", AzureStorageKeyDetector()),
    Detector("a password in an address", BasicAuthDetector(), captures=True),
    Detector("a Discord bot token", DiscordBotTokenDetector(), is_valid=_is_mixed),
    Detector("a GitHub token", GitHubTokenDetector()),
    Detector("a GitLab token", GitLabTokenDetector()),
    Detector("a JSON Web Token", WholeJwt(), is_valid=JwtTokenDetector.is_formally_valid, on_line=True),
    Detector("a Mailchimp key", MailchimpDetector()),
    Detector("an npm token", NpmDetector(), captures=True),
    Detector("an OpenAI key", OpenAIDetector()),
    Detector("a PyPI token", PypiTokenDetector()),
    Detector("a SendGrid key", SendGridDetector()),
    Detector("a Slack token", SlackDetector()),
    Detector("a Square secret", SquareOAuthDetector()),
    Detector("a Stripe key", StripeDetector()),
    Detector("a Telegram bot token", TelegramBotTokenDetector(), is_valid=_is_mixed),
    Detector("a Twilio key", TwilioKeyDetector()),
    Detector("an access token", LaterToken()),
    Detector("a secret in an address", EscapedAddress(), captures=True),
    Detector("a credential of a request", AuthorizationHeader(), captures=True, is_valid=_is_credential),
    Detector("a token in an address", TokenInAddress(), captures=True, is_valid=_is_value),
    Detector("a session cookie", SessionCookie(), captures=True, is_valid=_is_value),
    Detector("a password or key", NamedSecret(), captures=True, is_valid=_is_value),
)
"""All detectors, in order: of two that find one value, the first names it."""
