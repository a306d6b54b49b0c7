"""Omissions: what people did not do, unless the sentence answers for it.

Two axes decide. How sure is it that the subject is a person (`people.Certainty`)? And is what is said of it something
that only people do or omit? The more the verb is a person's alone, the less is asked of the subject: "Lindqvist did not
ask" is found, "Redpanda did not check" is not. A sentence that goes on to say what made it so ("…, because the page
did not name the host") has answered the rule's question, and is left alone.
"""

from __future__ import annotations

from postmortems.language.finding import Finding
from postmortems.language.function_words import FUNCTION_WORDS, word_list
from postmortems.language.noun_phrases import Agent
from postmortems.language.people import Certainty
from postmortems.language.phrases import Phrase
from postmortems.language.sentences import Sentence

_ONLY_PEOPLE = word_list(
    """
    admit apologise apologize ask asked bother bothered care cared consult consulted double-check double-checked
    escalate escalated heed heeded listen listened realise realised realize realized tell think thought told worried
    worry
    """
)
"""Verbs that are hardly ever said of a program."""

_JUDGES_US = word_list("bother bothered care cared listen listened")
"""Verbs that, said of *we*, are more than to own up to a gap: "we did not test this path"."""

_TEXTS = word_list(
    """
    changelog chat checklist description diff docs documentation e-mail e-mails email emails guide guidelines
    handbook handover instructions mail mails manual message messages note notes plan playbook policy procedure
    procedures process prompt protocol rule rules runbook steps thread ticket tickets wiki
    """
)
"""Texts that only people read and follow."""

_NO_CHOICE = word_list(
    """
    affect affected anticipate appear arrive arrived become been belong cause caused change changed come detect
    detected differ exist expect expected experience experienced feel felt find finish finished found get got had
    have hear heard help imagine include intend intended know known lose lost make manage managed mean need notice
    noticed own owned predict reach reached receive received recognise recognised recover recur reproduce require
    return see seem seen share show sleep slept stop succeed suffer suffered suspect suspected touch touched use
    used want wanted win work worked
    """
)
"""Verbs of what happens to people, and of what they see and know: that they did not excuses as often as it blames."""

_FAILINGS = word_list(
    """
    blame blamed break broke bypassed fail failed forget forgot forgotten hesitate hesitated ignore ignored lie lied
    miss missed neglected overlooked panic panicked refuse refused skip skipped violate violated
    """
)
"""Failings: not to have done these is no omission."""

_EXPLAINED = word_list("as because given since")
_BELIEF = word_list("assumed believed expected saw thought understood")
"""Verbs of belief: what people had in mind is a reason, too."""

_NO_ANSWER = word_list("anybody anyone he i nobody she somebody someone they we")


def omission(phrase: Phrase, agent: Agent, first: int, last: int, sentence: Sentence) -> Finding | None:
    """The finding, if this agent is blamed for not having done what the verb at `last` says."""
    verb, behind = sentence.words[last], sentence.words[last + 1 : last + 6]
    if verb in FUNCTION_WORDS or is_explained(sentence, agent.first, last):
        return None
    if sentence.words[agent.first] in ("we", "one") and agent.first == agent.last:
        blamed = verb in _JUDGES_US
    elif verb in _ONLY_PEOPLE or (verb in ("read", "follow", "followed") and not _TEXTS.isdisjoint(behind)):
        blamed = agent.certainty is not Certainty.DOUBTFUL or verb not in ("realise", "realize")
    else:
        needs_text = verb in ("read", "follow", "followed") and behind[:1] not in ((), (".",))
        harmless = needs_text or verb in _FAILINGS or verb in _NO_CHOICE or behind[:1] in (("any",), ("anything",))
        blamed = agent.is_sure and not harmless
    return Finding(phrase.kind, agent.first, last) if blamed else None


def is_explained(sentence: Sentence, first: int, last: int) -> bool:
    """True if the sentence says what made it so: a reason behind it, or before it, that is not a person, too."""
    behind = sentence.words[last + 1 :]
    for index, word in enumerate(behind):
        if word in _EXPLAINED:
            reason = behind[index + 1 : index + 6]
            return bool(reason) and (reason[0] not in _NO_ANSWER or not _BELIEF.isdisjoint(reason))
        if word in ("who", ";"):
            break
    before = sentence.words[:first]
    return bool(before) and (before[0] in _EXPLAINED or (before[-1] in ("so", "therefore")))
