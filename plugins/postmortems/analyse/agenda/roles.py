"""Roles that a timeline names: who was there, without anybody's name.

Only a role from the lists below, or a team that the knowledge base knows as an owner, leaves the timeline; whatever
else an actor's field holds, a person's name above all, is counted and stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

_ROLES = (
    (r"incident (?:commander|manager|lead|coordinator)|(?-i:IC|IMOC)|major incident manager", "incident commander"),
    (r"on[- ]?call|oncaller|first responder|primary|secondary", "on-call engineer"),
    (r"sres?|site reliability(?: engineers?| team)?", "site reliability engineers"),
    (r"dbas?|database (?:admins?|administrators?|engineers?|team)", "database engineers"),
    (r"network (?:engineers?|operations|team)|(?-i:NOC)", "network engineers"),
    (r"security (?:engineers?|team|operations)|(?-i:SOC)", "security engineers"),
    (r"(?:customer )?support(?: (?:team|engineers?|desk))?|customer (?:care|success)|help ?desk", "customer support"),
    (r"comms|communications?(?: (?:lead|team|manager))?|press|public relations", "communications"),
    (r"(?:platform|infrastructure|infra) (?:engineers?|team)", "platform engineers"),
    (r"operations|ops|operators?|operations team", "operations"),
    (r"vendors?|suppliers?|(?:cloud |upstream |hosting )?provider|third part(?:y|ies)", "the provider"),
    (r"(?:engineering |duty |product )?managers?|management|directors?|cto|leadership", "managers"),
    (r"responders?|response team|incident team", "responders"),
    (r"(?:software |backend |frontend )?(?:engineers?|developers?)|engineering|dev team", "engineers"),
)
_IN_TEXT = (
    (r"incident (?:commander|manager|lead|coordinator)", "incident commander"),
    (r"on-?call(?! with)|on call engineers?|oncaller", "on-call engineer"),
    (r"(?-i:SREs?)|site reliability engineers?", "site reliability engineers"),
    (r"(?-i:DBAs?)|database (?:administrators?|engineers?|team)", "database engineers"),
    (r"network (?:engineers?|team)|network operations team|(?-i:NOC)", "network engineers"),
    (r"security (?:engineers?|team)", "security engineers"),
    (r"customer (?:support|care|success)|(?:our|the) support team|help ?desk", "customer support"),
    (r"communications? (?:lead|team|manager)", "communications"),
    (r"(?:platform|infrastructure) (?:engineers?|team)", "platform engineers"),
    (r"(?:our|the|cloud|hosting|upstream) (?:vendor|supplier|provider)(?!['’]s|s['’])", "the provider"),
)
"""Words that say no less in a sentence: a *primary* there is a database, and *operations* are what it does."""

_KNOWN = tuple((re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), role) for words, role in _ROLES)
_TOLD = tuple((re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), role) for words, role in _IN_TEXT)
_MACHINES = re.compile(
    r"(?<![\w-])(?:monitoring|alert(?:s|ing)?|automation|bots?|systems?|orchestrator|scheduler|pager|watchdog)(?![\w-])",
    re.IGNORECASE,
)
_LONGEST = 200
"""Characters of an actor's field that are read."""


def roles_of(actors: Iterable[str], teams: Container[str]) -> tuple[tuple[str, ...], int]:
    """The roles and teams that some actors' fields name, each once, and the number of fields that name none.

    `teams` are the names of owners, in any spelling that they use. Automation takes part in no meeting and counts in
    neither.
    """
    roles: dict[str, None] = {}
    unknown: set[str] = set()
    for actor in dict.fromkeys(actor.strip()[:_LONGEST] for actor in actors):
        if not actor:
            continue
        if actor in teams:
            roles[actor] = None
            continue
        named = [role for pattern, role in _KNOWN if pattern.search(actor)]
        if named:
            # "On-call engineer" is the one on call, and not an engineer beside.
            roles.update(dict.fromkeys(named[:1]))
        elif not _MACHINES.search(actor):
            unknown.add(actor.casefold())
    return tuple(roles), len(unknown)


def roles_told(texts: Iterable[str]) -> tuple[str, ...]:
    """The roles that the sentences of a timeline name, in the order of the list."""
    text = "\n".join(" ".join(each.split()) for each in texts)
    return tuple(role for pattern, role in _TOLD if pattern.search(text))
