"""Answers that a postmortem gives alone, such as its first sentence: functions of it and of nothing else.

A page that asks for one is made of the answer, and not of the whole text in which it is found. So whoever records what
a page is made of (`publish/incremental/`) can see that a text has changed and its first sentence has not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from postmortems.model.postmortem import Postmortem

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def own_answer(
    function: Callable[Concatenate[Postmortem, _Given], _Answer],
) -> Callable[Concatenate[Postmortem, _Given], _Answer]:
    """Let a function of a postmortem be asked through it, which keeps the answer: text, numbers, or what is made of
    these and of the postmortem, and never changed."""

    @wraps(function)
    def asked(postmortem: Postmortem, /, *given: _Given.args, **named: _Given.kwargs) -> _Answer:
        return postmortem.own_answer(function, *given, **named)

    return asked
