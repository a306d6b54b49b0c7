"""E-mail addresses of persons: not those of a role or a team, of programs, and of domains that never exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.sensitive import Sensitive

_LOCAL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-'"
_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 255
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w@-])")
_SEPARATORS = re.compile(r"[_%+'-]")
_PATH = re.compile(r":[^\s]")
_IN_AUTHORITY = re.compile(r"://[^/?#\s]{0,300}$")

_ROLES = frozenset(
    (
        *("abuse", "account", "accounting", "accounts", "admin", "administrator", "admins", "alert", "alerts", "all"),
        *("api", "app", "apps", "billing", "bot", "bots", "bounce", "bounces", "build", "careers", "chat", "ci"),
        *("community", "compliance", "contact", "cron", "customer", "customers", "daemon", "data", "deploy", "dev"),
        *("developer", "developers", "devops", "devs", "digital", "dns", "dpo", "email", "engineering", "errors"),
        *("events", "example", "feedback", "finance", "git", "github", "gitlab", "group", "hello", "help", "helpdesk"),
        *("host", "hostmaster", "hr", "incident", "incidents", "info", "infra", "infrastructure", "it", "jenkins"),
        *("jobs", "legal", "list", "lists", "mail", "mailer", "marketing", "media", "monitoring", "name", "network"),
        *("news", "newsletter", "nobody", "noc", "noreply", "notification", "notifications", "office", "oncall"),
        *("operations", "ops", "orders", "owner", "owners", "partners", "payments", "people", "platform", "postmaster"),
        *("press", "privacy", "product", "reply", "report", "reports", "request", "requests", "root", "sales"),
        *("security", "server", "service", "servicedesk", "services", "somebody", "someone", "sre", "staff", "status"),
        *("subscribe", "support", "sysadmin", "system", "team", "teams", "tech", "test", "tester", "testing", "tests"),
        *("ticket", "tickets", "ubuntu", "unsubscribe", "user", "username", "users", "webmaster", "www", "you"),
    )
)
"""Words of which one in the first part makes it a role's address: `no-reply`, `storage-team`, `ops+alerts`."""

_NAMES_TOO = frozenset(("dev", "host", "sales", "press", "root", "bot", "list"))
"""Words of these that are a person's first or last name, too: `dev.patel`."""

_NO_PERSONS = frozenset(("googlegroups.com", "groups.io", "users.noreply.github.com", "noreply.github.com"))
_NEVER_A_DOMAIN = frozenset(
    (
        *("example", "invalid", "local", "localhost", "localdomain", "test", "internal", "intranet", "lan", "corp"),
        *("home", "arpa", "onion", "svc"),
        *("service", "timer", "socket", "target", "mount", "slice", "scope", "device", "path"),
        *("png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "js", "ts", "html", "json", "yaml", "yml"),
    )
)
"""Last labels of names that are no domain of the internet: reserved, of a network of its own, of systemd, of files."""
_DOCUMENTATION = (".example.com", ".example.org", ".example.net", ".example.edu")


def mail_addresses(text: str) -> Iterator[Sensitive]:
    """Each address in the text that looks like a person's."""
    at = text.find("@")
    while at >= 0:
        before = text[max(0, at - _LONGEST_LOCAL) : at]
        local = before[len(before.rstrip(_LOCAL)) :].lstrip(".%+-'")
        domain = _DOMAIN.match(text[at + 1 : at + 1 + _LONGEST_DOMAIN]) if local else None
        start = at - len(local)
        if domain and not _belongs_to_no_person(local, domain.group()):
            end = at + 1 + domain.end()
            if not _is_part_of_address(text, start, end):
                yield Sensitive(start, end, "an e-mail address", min(1, len(local) - 1), end - at)
        at = text.find("@", at + 1)


def _belongs_to_no_person(local: str, domain: str) -> bool:
    name, host = local.casefold(), domain.casefold()
    labels = host.split(".")
    if labels[-1] in _NEVER_A_DOMAIN or host in _NO_PERSONS or f".{host}".endswith(_DOCUMENTATION):
        return True
    if "noreply" in name.replace("-", "").replace("_", "") or _ROLES.intersection(_SEPARATORS.split(name)):
        return True
    dotted = _ROLES.intersection(name.split("."))
    if dotted - (_NAMES_TOO if "." in name else frozenset()):
        return True
    # acmestatus@acme.example: an organisation's name in that of a mailbox.
    owner = max(labels[:-1], key=len)
    return len(owner) >= 4 and owner in name and "." not in name


def _is_part_of_address(text: str, start: int, end: int) -> bool:
    """True if this is the user in `https://user@host` or `user@host:path`, or a handle such as `@user@host`."""
    if text[start - 1 : start] == "@" or _PATH.match(text, end):
        return True
    return _IN_AUTHORITY.search(text[max(0, start - 300) : start]) is not None
