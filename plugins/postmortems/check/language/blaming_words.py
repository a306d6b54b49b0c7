"""The words of PM601: verbs that blame their subject, nouns that blame their owner, and errors that pass for causes.

Maintainers: the patterns run over the words of a sentence, joined by blanks; `CUES` choose the sentences and must
leave none of them out. A word that machines do as well as people, such as "failed to", is harmless here: whether
there is blame is decided by the agent.
"""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.check.language.finding import Kind, phrase
from postmortems.check.language.function_words import word_list

_W = r"[^\s.,;:!?()]+"
_UP_TO_2 = rf"(?: {_W}){{0,2}}"
_DONE_TO_THE_WRONG_THING = (
    "applied|changed|chose|clicked|configured|connected to|copied|deleted|deployed|destroyed|dropped|edited|entered"
    "|executed|killed|logged into|made|merged|pasted|picked|pointed at|pointed to|pressed|pulled|pushed|ran|rebooted"
    "|removed|restarted|selected|set|shipped|shut down|stopped|terminated|took|typed|unplugged|updated|used"
)
_AGREED = (
    "checklist|documentation|guidelines?|instructions|polic(?:y|ies)|practices?|procedures?|process|protocol|rules"
    "|runbook|steps"
)
_TO_BE_DONE = (
    "approval|backup|canary|checklist|checks?|procedure|process|reviews?|stage|steps?|testing|tests?|validation"
    "|verification"
)
_COULD_NOT = "access|connect|log|reach|replicate|reproduce|ssh"
_DID = "broke|cut|left|made|overwrote|put|ran|sent|set|shut|told|took|wrote"
_IN_MIND = "assumed|believed|concluded|expected|interpreted|thought|understood"

_VERBS: Mapping[Kind, str] = {
    Kind.FAILED: rf"failed to (?!(?:{_COULD_NOT}) ){_W}",
    Kind.FORGOT: "forgot|(?:had|has|have) forgotten|forgotten",
    Kind.IGNORED: """ignored|disregarded|(?:chose|decided) to (?:disregard|ignore)|turned a blind eye
        |paid (?:little|no|too little) attention
        |(?:did|was|were) not (?:pay|paying) (?:any |enough |much )?attention""",
    Kind.LEFT_OUT: rf"""neglected|overlooked|omitted to|refused to {_W}|bothered to {_W}
        |(?:could|did) not (?:even )?(?:bother|care to)|never bothered|could not be bothered|blindly {_W}
        |(?:did not (?:adhere to|comply with|follow|stick to)|broke|bypassed|violated){_UP_TO_2} (?:{_AGREED})
        |(?:bypassed|skipped){_UP_TO_2} (?:{_TO_BE_DONE})""",
    Kind.WRONG_THING: rf"""(?:{_DONE_TO_THE_WRONG_THING}){_UP_TO_2}
         (?:the|an?|her|his|our|their) (?:incorrect|wrong) {_W}""",
    Kind.SLIP: rf"""blundered|botched|bungled|fat-fingered|messed up|misconfigured|misread|mistyped|screwed up
        |made (?:an?|some|several|that|the|this)(?: {_W}){{0,2}} (?:blunders?|errors?|mistakes?)
        |(?:accidentally|erroneously|inadvertently|mistakenly) (?:{_DID}|(?!{_IN_MIND}){_W}ed)""",
    Kind.CARELESS: rf"""(?:carelessly|lazily|negligently|recklessly|sloppily|thoughtlessly) {_W}|knew better
        |(?:am|are|been|being|is|was|were)(?: {_W})?
         (?:careless|complacent|inattentive|incompetent|irresponsible|lazy|negligent|reckless|sloppy)""",
    Kind.FAULT: rf"""(?:are|is|was|were) (?:clearly |entirely |solely )?(?:at fault|to blame)
        |caused (?:an|the|this) (?:{_W} )?(?:disruption|downtime|incident|outage)
        |(?:broke|brought down|took down) (?:the )?(?:platform|prod|production|site)""",
    Kind.SHOULD_HAVE_KNOWN: "(?:ought to|should) (?:clearly |really |surely )?have known(?: better)?",
}
VERB = phrase("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _VERBS.items()))
"""What blames its subject; the group's name is the kind."""

FAULT_OWNED = phrase(
    rf"(?P<owner>'s|her|his|my|our|their) (?:own )?(?:{_W} )?"
    "(?:blunder|carelessness|failure to|fault|incompetence|mistake|negligence|oversight|sloppiness)"
)
"""What blames whoever stands before it: "the team's failure to"."""

FAULT_OF = phrase(
    """(?:blunder|carelessness|errors?|failure|fault|mistakes?|negligence|oversight|slip)(?: is| was| were)?(?: made)?
        (?:by|of|on the part of|on the side of)"""
)
"""What blames whoever stands behind it: "a mistake by the vendor"."""

ERROR = phrase(
    rf"""(?:administrator|developer|engineer|human|operator|pilot) (?:errors?|failings?|failures?|mistakes?|oversights?)
        |(?P<user>user (?:error|mistake))|pebcak|pebkac|id-10-t
        |problem (?:exists )?between (?:the )?(?:chair|keyboard|screen) and (?:the )?(?:chair|keyboard|screen)
        |lapses? (?:in|of) (?:attention|concentration|judge?ment)|(?:bad|poor) judge?ment|ignorance
        |(?:an? )?(?:careless|dumb|silly|sloppy|stupid) (?:error|mistake)|fat fingers?|finger trouble
        |carelessness|complacency|inattention|inattentiveness|incompetence|laziness|negligence|recklessness|sloppiness
        |(?:insufficient|lack of|too little) (?:attention|care|diligence|discipline)(?! to {_W}ing)"""
)
"""What stands for a cause and is nobody's. The group `user` is an error of users, or one that users see."""

IS_CAUSE = phrase("attributed to|because of|by|caused?|causes|down to|due to|from|is|result of|through|was")
"""What stands before an error that is a cause."""

GUARDED = phrase(
    """against|allows?|any|avoid(?:s|ing)?|beyond|call(?:ed)?|catch(?:es)?|chance|count|eliminat(?:es?|ing)|excludes?
        |excluded|guards?|handles?|handling|instead|invites?|likelihood|minimi[sz]es?|never|no|not|odds|open
        |possib(?:le|ility)|potential|prevent(?:s|ed|ing)?|probability|prone|protects?|reduc(?:es?|ing)|risks?|room
        |rules?|ruled|stop at|survives?|susceptible|than|tolerates?|vulnerable|without"""
)
"""What stands before an error that did not happen, or is not called the cause."""

IN_GENERAL = phrase(
    """(?:are|is) (?:also |always )?(?:a symptom|expected|inevitable|likely|never|no|normal|not|possible|unavoidable)
        |(?:can|may|will) (?:always |still )?happen|happens?"""
)
"""What stands behind errors as such."""

CUES = dict.fromkeys(
    word_list(
        """
            accidentally adhere attention blame blind blindly blunder blundered blunders bother bothered botched bungled
            bypassed care careless carelessly carelessness complacency complacent comply diligence discipline disregard
            disregarded erroneously finger fingered fingers forgot forgotten human ignore ignored inadvertently
            ignorance inattention inattentive inattentiveness incompetence incompetent irresponsible judgement judgment
            keyboard knew lapse lapses laziness lazily lazy pebcak pebkac
            messed misconfigured misread mistake mistakenly mistakes mistyped neglected negligence negligent negligently
            omitted overlooked oversight paid reckless recklessly recklessness refused screwed skipped slip sloppily
            sloppiness sloppy stick thoughtlessly violated
            """
    ),
    "",
) | {
    "broke": "broke ",
    "caused": "caused (?:an|the|this) ",
    "down": "(?:brought|took) down",
    "error": "(?:administrator|developer|dumb|engineer|human|operator|pilot|silly|stupid|user) error"
    "|made .{0,40}error|error (?:is |was )?(?:made )?(?:by|of|on) ",
    "errors": "(?:administrator|developer|engineer|human|operator|pilot) errors"
    "|made .{0,40}errors|errors (?:were )?(?:made )?(?:by|of|on) ",
    "failed": "failed to ",
    "failing": "(?:administrator|developer|engineer|human|operator|pilot) failing",
    "failings": "",
    "failure": "(?:administrator|developer|engineer|human|operator|pilot) failure"
    "|failure (?:is |was )?(?:by|of|on|to) ",
    "fault": "(?:['’]s?|at|her|his|my|our|own|their) (?:[a-z]+ )?fault|fault (?:is |was )?(?:by|of|on) ",
    "follow": "n[o'’]t follow",
    "incorrect": "(?:the|an?|her|his|our|their) incorrect",
    "known": "(?:ha|['’])ve known",
    "wrong": "(?:the|an?|her|his|our|their) wrong",
}
"""Where something is found, the sentence holds one of these."""
