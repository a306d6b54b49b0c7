"""The corpus: after an edit it shares with the one before what has not changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import corpus, dated_incident

from postmortems.model.postmortem import Postmortem

READ = replace(dated_incident("2026/01-a"), key="read from these bytes")


@pytest.mark.parametrize(
    ("before", "is_shared"),
    [
        pytest.param(replace(READ), True, id="the same file"),
        pytest.param(replace(READ, key="read from others"), False, id="another text"),
        pytest.param(
            replace(READ, front_matter=READ.front_matter.model_copy(update={"title": "Another"})),
            False,
            id="other front matter",
        ),
        pytest.param(replace(READ, key=""), False, id="nobody knows from what"),
    ],
)
def test_a_postmortem_that_has_not_changed_stays_the_object_it_was(before: Postmortem, is_shared: bool) -> None:
    now = READ if before.key else replace(READ, key="")
    (found,) = corpus(now).sharing(corpus(before)).postmortems
    assert (found is before) == is_shared
    assert found == now
