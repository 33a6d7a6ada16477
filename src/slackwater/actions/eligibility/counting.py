"""Which answer to each question counts."""

from slackwater.rules.eligibility.gathered import Given, counting


def counted(given: dict[str, list[Given]]) -> dict[str, Given]:
    """The answer that counts to each question; one that nobody has gone through is not there."""
    found = {name: counting(answers) for name, answers in given.items()}
    return {name: one for name, one in found.items() if one is not None}
