"""What an order was planned for, in words; what was not written is never said."""

from slackwater.rules.planned import NOTHING_PLANNED, Part, PlannedFor


def test_each_term_is_said_with_its_chance_the_wish_first():
    planned = PlannedFor(
        ceiling=Part(value=160, permille=100),
        too_deep=Part(value=85, permille=50),
        wish=Part(value=60, permille=700),
        closing=Part(value=12_600, permille=125),
    )
    assert list(planned.sentences()) == [
        "depth 6 of 10 reached in at least 70 %",
        "not fit to leave 3 h 30 min after the first dose began in at most 12.5 %",
        "deeper than 8.5 of 10 in at most 5 %",
        "systolic at 160 mmHg or over in at most 10 %",
    ]


def test_what_was_not_written_is_not_said():
    assert list(NOTHING_PLANNED.sentences()) == []
    assert NOTHING_PLANNED.is_empty
    only = PlannedFor(closing=Part(value=14_400, permille=100))
    assert list(only.sentences()) == ["not fit to leave 4 h after the first dose began in at most 10 %"]
    assert not only.is_empty
