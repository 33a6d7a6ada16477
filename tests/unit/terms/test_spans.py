"""A span is said alike on every page and on paper."""

import pytest

from slackwater.terms.spans import show_span


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (40, "40 min"), (59.6, "1 h"), (60, "1 h"), (95.4, "1 h 35 min"), (1500, "25 h")],
)
def test_a_span_is_said_in_hours_and_minutes(minutes: float, words: str):
    assert show_span(minutes) == words
