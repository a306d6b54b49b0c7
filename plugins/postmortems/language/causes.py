"""Errors of people as a cause: named as what happened, not as what may happen or is guarded against."""

from __future__ import annotations

import re

from postmortems.language.finding import phrase
from postmortems.language.function_words import word_list
from postmortems.language.sentences import Sentence

_IS_CAUSE = re.compile(
    r"(?:attributed to|because of|by|caused?|causes|down to|due to|from|is|of|reason|result of|through|to|trigger|was)"
    r"(?: (?:a|gross|his|mere|our|plain|pure|sheer|simple|the|their))*$"
)
"""Words before an error that is a cause."""

_GUARDED = phrase(
    """against|allows?|any|avoid(?:s|ing)?|beyond|call(?:ed)?|catch(?:es)?|chance|count|eliminat(?:es?|ing)|excludes?
        |excluded|guards?|handles?|handling|instead|invites?|likelihood|minimi[sz]es?|never|no|not|odds|open
        |possib(?:le|ility)|potential|prevent(?:s|ed|ing)?|probability|prone|protects?|reduc(?:es?|ing)|risks?|room
        |rules?|ruled|stop at|survives?|susceptible|than|tolerates?|vulnerable|without"""
)
"""Words before an error that did not happen, or is not called the cause."""

_IN_GENERAL = phrase(
    """(?:are|is) (?:also |always )?(?:a symptom|blocked|caught|corrected|detected|expected|impossible|inevitable|likely
        |never|no|normal|not|possible|prevented|rare|refused|rejected|unavoidable)
        |(?:less|more|rarer|easier|harder|impossible|unlikely)|(?:can|may|will) (?:always |still )?happen|happens?"""
)
"""Words behind errors as such."""

_PART_OF_A_NAME = word_list(
    """
    - alert alerts analysis assessment budget budgets code codes count counts dialog factors handler handling log logs
    message messages metric metrics page pages path paths rate rates report reporting reports response responses screen
    text type types
    """
)


def is_cause(sentence: Sentence, end: int, first: int, last: int, stated: bool) -> bool:
    """True if the error in these words, which end at this offset, is named as what happened: not what something guards
    against, nor a part of a longer name, nor human error in general. `stated` asks that it is called the cause."""
    if sentence.word(last + 1) in _PART_OF_A_NAME or _IN_GENERAL.match(sentence.joined, end):
        return False
    begin = first
    while begin > max(0, first - 8) and sentence.words[begin - 1] not in (",", ";", ":", "(", "but"):
        begin -= 1
    before = " ".join(sentence.words[begin:first])
    nearest = " ".join(sentence.words[max(begin, first - 3) : first])
    if stated and begin < first and not _IS_CAUSE.search(nearest):
        return False
    return not _GUARDED.search(before)
