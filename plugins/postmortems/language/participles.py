"""Participles: the word after "have" or "had" is what somebody did (*should have tested*) or what they own (*a
runbook*)."""

from __future__ import annotations

from collections.abc import Sequence

from postmortems.language.function_words import word_list

_IRREGULAR = word_list(
    """
    become begun bent bitten blown bought bound broken brought built burnt caught chosen come cut dealt done drawn
    driven fallen fed felt forbidden foreseen forgotten fought found frozen given gone grown had heard held hidden
    hit hung kept known laid learnt led left lent let lost made meant met misread overridden overseen paid put quit
    read rebuilt redone reread rerun reset rethought rewritten rolled run said seen sent set shown shut slept sold
    sought spent split spoken spread stood stopped struck stuck swept sworn taken taught thought thrown told torn
    tried understood undertaken undone upheld withdrawn withheld woken won worn written
    """
)
PAST_FORMS = _IRREGULAR | word_list(
    """
    ate began broke chose did drew drove fell flew forgot froze gave grew hid knew mistook overrode overtook ran
    rang saw shook spoke stole swore threw took undertook undid went woke wore wrote
    """
)
"""Past tenses and participles that do not end in *-ed*."""

_ALSO_ADJECTIVES = word_list(
    """
    advanced automated centralised centralized coordinated dedicated defined detailed distributed documented
    encrypted enforced established extended improved increased integrated isolated limited managed named nested
    planned predefined prepared privileged read recorded reduced redundant replicated required restricted scheduled
    scripted shared split staged standardised standardized structured tested trained unified unlimited updated
    versioned
    """
)
"""Participles that often are before a noun: "we should have automated tests" says what is to be there."""

_BEGIN_AN_OBJECT = word_list(
    """
    a all an another any both each either enough every her him his it its less me more my no one our some that the
    their them these this those us your
    """
)
_NO_NOUN = word_list(
    """
    about after against and as at away back because before behind between but by down earlier first for from if in
    instead into later off on or out over properly rather right so sooner straight than then through to together too
    under until up upon when where whether while with within without
    """
)


def is_participle(words: Sequence[str], index: int) -> bool:
    """True if the word at `index` is the participle of a verb there, not an adjective before a noun."""
    if not 0 <= index < len(words):
        return False
    word = words[index]
    if word not in _IRREGULAR and not (len(word) > 3 and word.endswith("ed") and word not in ("need", "speed", "feed")):
        return False
    if word not in _ALSO_ADJECTIVES:
        return True
    following = words[index + 1] if index + 1 < len(words) else ""
    return (
        not following.isalpha()
        or following in _BEGIN_AN_OBJECT
        or following in _NO_NOUN
        or following.endswith(("ing", "ly"))
    )
