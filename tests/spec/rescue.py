"""What lies ready for an emergency."""

from collections.abc import Iterable

from tests.rooms import Room, minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.rescue import load_kit
from slackwater.rules.rescue.kit import Found, KitCheck, kit_findings, unfit
from slackwater.rules.room.rescue import STEPS, Outcome, RescueStep, runs

LIMITS = load_limits().kit
KIT = load_kit()
WEEK = 7 * 24 * 60.0
ONE_SECOND = 1 / 60
ALL_HERE = {item.key: Found.HERE for item in KIT.items}


def check(at: float, *missing: str) -> KitCheck:
    return KitCheck(at=minute(at), by_name="Somebody", missing=missing)


def ready(when: str, *says: str, checks: tuple[KitCheck, ...], at: float = 0) -> Case:
    def asks() -> Iterable[Said]:
        return from_findings(kit_findings(checks, at=minute(at), kit=KIT, limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def signing(when: str, *says: str, **changes: Found | None) -> Case:
    found = {key: seen for key, seen in (ALL_HERE | changes).items() if seen is not None}

    def asks() -> Iterable[Said]:
        return [
            Said(rule=LIMITS.kit_signed.rule, word="refused", sentence=f"{one.message} {one.mend}")
            for one in unfit(KIT, found)
        ]

    return Case(when=when, asks=asks, says=says)


READY = (
    ready("signed an hour ago, whole", checks=(check(-60),)),
    ready("never signed", "M12 unknown", checks=()),
    ready("signed seven days ago", checks=(check(-WEEK),)),
    ready("signed seven days and a second ago", "M12 unknown", checks=(check(-WEEK - ONE_SECOND),)),
    ready("oxygen is missing", "M12 stop", checks=(check(-60, "oxygen"),)),
    ready("oxygen was missing, and it was gone through since", checks=(check(-60, "oxygen"), check(-5))),
    ready("it was whole, and then oxygen was missing", "M12 stop", checks=(check(-60), check(-5, "oxygen"))),
    ready("something was missing eight days ago", "M12 stop", "M12 unknown",
          checks=(check(-WEEK - 1440, "suction", "aed"),)),
    ready("signed for tomorrow only", "M12 unknown", checks=(check(60),)),
)  # fmt: skip

SIGNING = (
    signing("everything is here"),
    signing("something is missing: it is kept as missing", oxygen=Found.MISSING),
    signing("something was not looked at", "M12 refused", oxygen=None),
    signing("no opioids are used here, so that naloxone is not needed", naloxone=Found.NOT_USED),
    signing("oxygen is said not to be needed", "M12 refused", oxygen=Found.NOT_USED),
    signing("something that is not in the list", "M12 refused", magnet=Found.HERE),
)


def run(when: str, *says: str, steps: tuple[tuple[float, str], ...]) -> Case:
    """A checklist under way; each step with its minute, in the order in which they arrived."""
    room = Room()
    for at, step in steps:
        outcome = Outcome.WELL if step == "ended" else None
        room.says(at, RescueStep(run="a", checklist="airway", step=step, outcome=outcome))

    def asks() -> Iterable[Said]:
        for one in runs(room.state().rescues):
            word = f"begun at {one.begun_at:%H:%M}, " + ", ".join(f"{d.step} {d.at:%H:%M}" for d in one.done)
            yield Said(
                rule=STEPS.rule, word="ended" if one.outcome else "under way", sentence=word.capitalize()
            )

    return Case(when=when, asks=asks, says=says)


RUNS = (
    run("begun, and two steps done", "RES-01 under way", steps=((0, "begun"), (1, "call"), (2, "oxygen"))),
    run("ended with an outcome", "RES-01 ended", steps=((0, "begun"), (1, "call"), (5, "ended"))),
    run("a step arrives after the end, from a tablet without a network: it belongs to it", "RES-01 ended",
        steps=((0, "begun"), (5, "ended"), (2, "oxygen"))),
    run("the beginning never arrived: the first step is it", "RES-01 under way", steps=((1, "call"),)),
    run("one step ticked on two tablets: its first time counts", "RES-01 under way",
        steps=((0, "begun"), (3, "call"), (2, "call"))),
)  # fmt: skip

PAGE = Page(
    slug="rescue",
    title="Rescue: what lies ready, and what is done",
    intro=(
        "Whether the kit is whole and was gone through lately enough for a first dose, and what one has"
        f" to answer. The list (version {KIT.version}) is a starting point: {KIT.verified}."
    ),
    sections=(
        Section(title="Before the first dose", cases=READY, content="The kit is ready."),
        Section(title="Going through it", cases=SIGNING, content="It is kept."),
        Section(title="A checklist under way", cases=RUNS, content="None is under way."),
    ),
    rows=(*rows_of(LIMITS), STEPS),
)
