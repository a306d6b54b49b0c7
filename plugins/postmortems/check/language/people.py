"""Which nouns are people or teams, and which only look like it.

Much software is named after people: operators, drivers, handlers, schedulers, controllers, monitors, clients, agents
and users stand for programs as often as not. They are people here only where a word beside them says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from postmortems.check.language.function_words import word_list
from postmortems.check.language.given_names import GIVEN_NAMES


class Certainty(Enum):
    """How sure it is that a noun is a person: `DOUBTFUL` is enough only for verbs of which only people are capable."""

    SURE = auto()
    DOUBTFUL = auto()


PART_OF_A_GROUP = word_list(
    "all any both each either few half many member members more most one several some three two"
)
"""Words of a part of a group: *one of our engineers*, *members of the team*."""

ON_DUTY = word_list("call duty shift")
"""What makes a person of an operator: *the operator on shift*."""

_PEOPLE = word_list(
    """
    administrator administrators admins analyst analysts anybody anyone approver approvers architect architects author
    authors boss ceo ciso coder coders colleague colleagues commander consultant consultants contractor contractors
    contributor contributors coworker coworkers crew cto dba dbas department departments dev developer developers devops
    devs director directors employee employees engineer engineers everybody everyone expert experts human humans intern
    interns lead leadership leads maintainer maintainers management newcomer newcomers on-call on-callers oncall person
    programmer programmers qa responder responders reviewer reviewers scientist scientists secops somebody someone
    specialist specialists squad squads sre sres staff supplier suppliers sysadmin sysadmins team teammate teammates
    teams technician technicians tester testers trainee trainees vendor vendors vp whoever
    """
)
_DOUBTFUL = word_list(
    """
    admin group hire individual individuals manager managers member members operator operators ops owner owners people
    supervisor support
    """
)
_MADE_SURE_BY = {
    "admin": word_list("database network system systems"),
    "group": word_list("engineering operations working"),
    "hire": word_list("new recent"),
    "manager": word_list(
        "account change delivery duty engineering incident on-call product project release shift team"
    ),
    "member": word_list("crew staff team"),
    "operator": word_list("data-centre human on-call plant"),
    "ops": word_list("database it network"),
    "owner": word_list("code product process"),
    "supervisor": word_list("engineering on-call shift team"),
    "support": word_list("customer level line technical tier"),
}
"""The words beside a doubtful noun that make it people."""

_MACHINES = word_list(
    "acme ai auto automated automatic bot dns forest gitlab http llm mdns microsoft ms ocsp synthetic virtual"
)
"""Words that make a program of a person: *the OCSP responder*, *the automated reviewer*, *Microsoft Teams*."""


def certainty(words: Sequence[str], capital: bool, names: frozenset[str]) -> Certainty | None:
    """How sure it is that a noun phrase means people: its words in lower case, the noun last.

    `capital` tells that the noun was written with one; `names` are further names of people. None is a thing.
    """
    noun, beside = words[-1], words[:-1]
    if beside and (beside[0] == "no" or not _MACHINES.isdisjoint(beside)):
        return None
    if noun in _PEOPLE:
        return None if noun == "teams" and capital and not beside else Certainty.SURE
    if noun in _DOUBTFUL:
        sure = _MADE_SURE_BY.get(noun) or _MADE_SURE_BY.get(noun.removesuffix("s"), frozenset())
        return Certainty.DOUBTFUL if sure.isdisjoint(beside) else Certainty.SURE
    if noun in names or (capital and noun in GIVEN_NAMES) or (beside and beside[-1] == "@"):
        return Certainty.SURE
    # A family name: only the given name before it tells.
    return Certainty.SURE if capital and beside and beside[-1] in GIVEN_NAMES else None
