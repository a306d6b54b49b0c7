"""The small words that hold a sentence together, by what they do in it: by them a noun's neighbours are told apart."""

from __future__ import annotations


def word_list(text: str) -> frozenset[str]:
    """The words of a list that is written as lines of words."""
    return frozenset(text.split())


DETERMINERS = word_list(
    "a an the this that these those our my your their his her its each every any some no another one both"
)
PREPOSITIONS = word_list(
    """
    about across against along among around at behind below beside between beyond by despite during except for from in
    inside into like of off on onto out outside over per than through to toward towards under unlike up upon via with
    within without
    """
)
SUBORDINATORS = word_list(
    """
    after although as because before how if once since so that then though unless until what when where whereas whether
    which while who whom whose why
    """
)
COORDINATORS = word_list("and but or nor then yet &")
AUXILIARIES = word_list("'d had has have having did do does")
BE = word_list("am are be been being is was were get got gets getting")
PERSONAL_PRONOUNS = word_list("i we he she")
"""Pronouns that are always the subject, and always people. Whether *they* are is looked into by `agents`."""

FUNCTION_WORDS = (
    DETERMINERS | PREPOSITIONS | SUBORDINATORS | COORDINATORS | AUXILIARIES | BE | PERSONAL_PRONOUNS
    | word_list("it they you them us me him there here can could may might must not shall should to will would 0")
)  # fmt: skip
"""Words that are no noun, no adjective and no main verb; with the `0` that stands for code and quotations."""

_ADVERBS = word_list(
    """
    again all almost already also always both even ever first herself himself however instead just later maybe meanwhile
    myself never not often once ourselves perhaps rather really simply sometimes soon still themselves then therefore
    thus too twice well
    """
)
_LY_BUT_NO_ADVERBS = word_list("ally anomaly apply assembly family italy july only rely reply supply")


def is_adverb(word: str) -> bool:
    """True if the word can come between a subject and its verb."""
    return word in _ADVERBS or (len(word) > 4 and word.endswith("ly") and word not in _LY_BUT_NO_ADVERBS)
