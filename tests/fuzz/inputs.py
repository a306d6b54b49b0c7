"""Texts that nobody would write, made of texts that somebody might."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzz.targets import EVERYWHERE, Target

_MOST_CHANGES = 6
_MOST_TIMES = 3_000


@st.composite
def inputs(draw: st.DrawFn, target: Target) -> bytes:
    """A seed of the target after a few changes, as the bytes of a file."""
    text = draw(st.sampled_from(("", *target.seeds)))
    for _ in range(draw(st.integers(0, _MOST_CHANGES))):
        text = _changed(draw, text, target)[: target.largest]
    end = draw(st.sampled_from(("\n", "\n", "\n", "\r\n", "\r")))
    data = text.replace("\n", end).encode("utf-8", "replace")[: target.largest]
    if draw(st.integers(0, 19)) == 19:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(min_size=1, max_size=4)) + data[at:]
    return data


def _changed(draw: st.DrawFn, text: str, target: Target) -> str:
    """The text with one thing put in, taken out, repeated, or exchanged."""
    change = draw(st.sampled_from(("put in", "take out", "repeat", "exchange lines", "take over", "cut")))
    begin, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    if change == "put in":
        piece = draw(st.sampled_from((*target.pieces, *EVERYWHERE)) | st.text(max_size=4))
        return text[:begin] + piece * draw(_times()) + text[begin:]
    if change == "take out":
        return text[:begin] + text[min(end, begin + 40) :]
    if change == "repeat":
        piece = text[begin : min(end, begin + 200)] or "x"
        times = min(draw(_times()), target.largest // len(piece))
        return text[:begin] + piece * times + text[begin:]
    if change == "exchange lines":
        lines = text.split("\n")
        one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        lines[one], lines[other] = lines[other], lines[one]
        return "\n".join(lines)
    if change == "take over":
        other_seed = draw(st.sampled_from(target.seeds))
        return text[:begin] + other_seed[draw(st.integers(0, len(other_seed))) :]
    return text[:end]


def _times() -> st.SearchStrategy[int]:
    """How often: mostly once, now and then so often that what is not linear shows."""
    return st.integers(1, 3) | st.integers(1, 3) | st.integers(1, 3) | st.integers(1, _MOST_TIMES)
