"""The words of omissions: verbs that only people are the subject of, negated, and idioms for not having cared.

Maintainers: the patterns run over the words of a sentence, joined by blanks; `CUES` choose the sentences and must leave
none of them out.
"""

from __future__ import annotations

from postmortems.check.language.finding import phrase
from postmortems.check.language.function_words import word_list

_W = r"[^\s.,;:!?()]+"
_NOT = (
    r"(?:(?:did|had|'d) (?:(?:clearly|simply|just|really|actually|obviously|even) )?not"
    r"|(?:had )?never|failed to|neglected to|omitted to|declined to)"
    r"(?: (?:actually|also|at least|bother to|carefully|clearly|even|ever|first|fully|once|properly|really|simply"
    r"|stop to|take the time to|think to|thoroughly|want to))?"
)
_STRICT = (
    "ask|asked|bother|bothered|care|cared|consult|consulted|double-check|double-checked|escalate|escalated"
    "|hand over|handed over|listen|listened|pay attention|paid attention|realise|realised|realize|realized|sign off"
    "|signed off|speak up|spoken up|spoke up|tell|told|think|thought"
)
"""Verbs that are hardly ever said of a program."""

_ALSO_OF_PROGRAMS = (
    "announce|announced|approve|approved|check|checked|communicate|communicated|confirm|confirmed|consider|considered"
    "|coordinate|coordinated|document|documented|inform|informed|inspect|inspected|look|looked|notice"
    "|noticed|question|questioned|read|remember|remembered|report|reported|review|reviewed|test|tested|understand"
    "|understood|verify|verified|warn|warned|watch|watched"
)
_WRITTEN = (
    "alert text|change log|changelog|chat|description|diff|docs|documentation|e-mails?|email|emails|error message"
    "|guide|guidelines|handbook|handover notes|handover|instructions|mail|mails|manual|messages?|notes|plan|playbook"
    "|procedure|prompt|pull request|release notes|runbook|thread|ticket|tickets|wiki"
)
OMITTED = phrase(
    rf"""(?P<strict>{_NOT} (?:{_STRICT}))
        |(?P<written>{_NOT} (?:read|follow|followed|look at|looked at)(?: {_W}){{0,3}} (?:{_WRITTEN}))
        |(?P<person>{_NOT} (?:{_ALSO_OF_PROGRAMS}))"""
)
NO_ONE = phrase(
    rf"""(?P<who>nobody|no one|none of {_W}(?: {_W})?|no {_W}|not one of {_W}(?: {_W})?|not (?:one|a single)(?: {_W})?)
        (?: (?:at|from|in|on|there)(?: our| the| this)? {_W})?(?: (?:even|ever|really|seriously))?
        (?: had)? (?:asked|bothered|cared|consulted|double-checked|escalated|listened|looked at|looked into
        |paid attention|questioned|read|spoke up|told|thought (?:about|of|to) {_W}|took the time)"""
)
SUPPOSED = phrase(rf"(?:was|were) supposed to(?: {_W}){{1,10}}(?: ,)? but (?:did not|never did|forgot)")
IDIOMS = phrase(
    rf"""rubber-stamped|dropped the ball|fell asleep|slept through|(?:was|were) (?:sound )?asleep|cut corners
        |jumped the gun|let (?:it|things|this) slip|took (?:her|his|our|their) (?:eyes?|mind) off
        |waved(?: {_W}){{0,4}} through|threw(?: {_W}){{0,4}} over the (?:fence|wall)|had no business|panicked|lied about
        |(?:was|were) (?:clearly |completely )?out of (?:her|his|our|their) depth
        |had no idea what (?:he|she|they|we) (?:was|were) doing|should (?:really )?know better
        |made a (?:complete |real )?(?:hash|mess) of|clicked(?: {_W}){{0,2}} through(?: {_W}){{0,2}} warnings?
        |pushed straight to|sat on (?:her|his|our|their) hands|winged it|took(?: {_W})? shortcuts?
        |looked the other way|passed the buck|shrugged(?: {_W}){{0,2}} off|took the easy way
        |(?:was|were) (?:asleep|caught napping)|(?:was|were) not (?:really )?paying attention
        |let (?:a|an|her|his|our|the|their)(?: {_W}){{1,3}} (?:expire|lapse|run out|slip)
        |(?:was|were) too (?:arrogant|careless|impatient|lazy|proud|stubborn) to
        |(?:was|were) in (?:a|such a|too much of a) (?:hurry|rush)|botched|bungled|goofed|dozed off|nodded off
        |did not (?:really )?(?:know|understand) what (?:he|she|they) (?:was|were) doing
        |did(?: {_W}){{0,2}} without thinking|rushed(?: {_W}){{0,4}} through"""
)
WITHOUT_AGENT = phrase("asleep at the (?:switch|wheel)|asleep on the job|dropped the ball")
WITHOUT = phrase(
    """without (?:even |first |so much as )?(?:asking|checking|consulting|double-checking|looking|reading|reviewing
        |telling|testing|thinking|verifying|waiting for|warning|approval|authori[sz]ation|permission|a second pair)"""
)
MISSED = phrase(
    rf"""(?:misse?d|dismissed|disregarded|brushed off|snoozed|silenced)(?: all| both)?
         (?:a|an|her|his|several|some|that|the|their|this|three|two)(?: {_W}){{0,2}}
         (?:alarms?|alerts?|calls?|e-mails?|emails?|messages?|notifications?|pages?|reminders?|signals?|signs?|steps?
        |tickets?|warnings?)|(?:mishandled|misinterpreted|misjudged|misunderstood) {_W}"""
)
LEFT = phrase(rf"left(?: {_W}){{1,5}} (?:behind|disabled|enabled|off|on|open|out|unattended|unfinished|unlocked)")
_HARM = (
    "approved|broke|caused|changed|deleted|deployed|disabled|dropped|forgot|ignored|introduced|killed|left|lost|merged"
    "|misconfigured|missed|overlooked|overwrote|pushed|ran|removed|skipped|started|took|triggered|turned|wiped|wrote"
)
CLEFT = phrase(rf"it (?:is|was)(?: {_W}){{1,6}} (?P<who>who) (?:{_NOT} {_W}|(?:accidentally )?(?:{_HARM}))")
PASSIVE = phrase(
    rf"""(?:are|be|been|is|was|were) (?:{_W} )?(?:bypassed|dismissed|disregarded|forgotten|misconfigured|misread
        |mishandled|neglected|omitted|overlooked|rushed|skipped)(?: {_W})? by
        |the (?:incorrect|wrong) {_W}(?: {_W})? (?:had been|has been|was|were) {_W} by"""
)
ONLY_POSSIBLE = word_list("can could may might must not never shall should to will would")
CONDITIONS = word_list("if unless until whether")
EXPLAINED = word_list("as because since")
EXCUSING_TIME = word_list("for until till")
BELIEF = word_list("assumed believed expected saw thought understood")
"""What people had in mind is a reason, too."""

NO_ANSWER = word_list("anybody anyone he i nobody she somebody someone they we")

_DEEDS = "|".join(
    sorted({verb.split()[0] for verb in (*_STRICT.split("|"), *_ALSO_OF_PROGRAMS.split("|"), "follow", "followed")})
)
_UNDONE = rf".{{1,50}}\b(?:{_DEEDS})\b"
CUES = {
    word: before if word == "took" else rf"{before}{_UNDONE}"
    for word, before in {
        "declined": "declined to",
        "didn": "didn['’]t",
        "failed": "failed to",
        "hadn": "hadn['’]t",
        "neglected": "neglected to",
        "never": "never",
        "nobody": "nobody",
        "none": "none of",
        "not": r"(?:\bdid|\bhad|['’]d) .{0,15}\bnot",
        "omitted": "omitted to",
        "single": "not a single",
        "took": r"took the time",
    }.items()
} | {
    "attention": "(?:was|were) not (?:really )?paying attention|(?:was|were)n['’]t (?:really )?paying attention",
    **dict.fromkeys(
        ("bypassed", "forgotten", "misconfigured", "misread", "neglected", "omitted", "overlooked", "skipped"),
        "(?:bypassed|forgotten|misconfigured|misread|neglected|omitted|overlooked|skipped) (?:[^ ]+ )?by ",
    ),
    "asleep": "",
    "ball": "dropped the ball",
    "botched": "",
    "bother": "",
    "bothered": "",
    "brushed": "brushed off",
    "bungled": "",
    "business": "had no business",
    "buck": "passed the buck",
    "corners": "cut corners",
    "clicked": "",
    "depth": "",
    "dismissed": "",
    "disregarded": "",
    "doing": "what .{2,8}w(?:as|ere) doing",
    "dozed": "",
    "eye": "",
    "eyes": "",
    "goofed": "",
    "gun": "jumped the gun",
    "hands": "sat on ",
    "hash": "made a",
    "hurry": "",
    "idea": "had no idea",
    "know": "should .{0,8}know better",
    "left": r"left .{1,60}\b(?:behind|disabled|enabled|off|on|open|out|unattended|unfinished|unlocked)\b",
    "let": r"\blet .{1,60}(?:expire|lapse|run out|slip)",
    "lied": "",
    "mess": "made a",
    "mishandled": "",
    "misinterpreted": "",
    "misjudged": "",
    "missed": "",
    "misunderstood": "",
    "napping": "",
    "no": "no (?:[a-z-]+ )?(?:admin|colleague|developer|engineer|maintainer|manager|member|one|operator|person"
    "|responder|reviewer|sre|team|tester)",
    "nodded": "nodded off",
    "panicked": "",
    "paying": "paying attention",
    "pushed": "pushed straight",
    "rubber": "rubber-stamped",
    "rush": "",
    "rushed": "",
    "shortcut": "",
    "shortcuts": "",
    "shrugged": "",
    "silenced": "",
    "slept": "",
    "slip": "",
    "snoozed": "",
    "supposed": "",
    "thinking": "without thinking",
    "too": "too (?:arrogant|careless|impatient|lazy|proud|stubborn) to",
    "threw": "over the (?:fence|wall)",
    "waved": "",
    "way": "(?:other|easy) way",
    "who": r"\bit (?:is|was) .{1,60} who ",
    "winged": "",
    "without": r"without (?:\w+ ){0,4}(?:ask|check|consult|double-|look|read|review|tell|test|think|verif|wait|warn"
    "|approv|authori|permiss|a second)",
}
"""Where something is found, the sentence holds one of these."""
