"""The consent ratchet."""

from collections.abc import Callable, Iterable

from tests.agreements import GUIDE, HANDS, HUG, PATIENT, PRESCRIBER, USUAL, Agreement, hour, words
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.agreements.dose import against_dose
from slackwater.rules.agreements.gates import against_drafting, against_signing, against_teach_back
from slackwater.rules.agreements.log import (
    AskedInSession,
    Drafted,
    Narrowed,
    Party,
    Sign,
    Signed,
    TaughtBack,
    everything,
)
from slackwater.rules.agreements.permits import NOTHING, Item, Permit
from slackwater.terms.route import Route

LIMITS = load_limits().agreements
WIDER = USUAL | {HUG}
TREATMENT, OFF_LABEL, BOOSTER = (Permit(item=item) for item in (Item.TREATMENT, Item.OFF_LABEL, Item.BOOSTER))
NEEDED = frozenset({TREATMENT, OFF_LABEL, BOOSTER, Permit(item=Item.ROUTE, of=Route.IM.value)})
READY = 26
ONE_SECOND = 1 / 3600
ALL = ("feet yes", "hands yes", "treatment yes")
NO_HANDS = Narrowed(gone=frozenset({HANDS}), sign=Sign.WORD)

Story = Callable[[Agreement], object]


def permits(when: str, *says: str, at: float, story: Story) -> Case:
    """What is a yes at this hour, once all this has been written."""

    def asks() -> Iterable[Said]:
        made = Agreement()
        story(made)
        now = made.now(at)
        for word in words(now.permits):
            yield Said(rule=word, word="yes", sentence=f"{word.capitalize()} is a yes.")
        if now.wishes:
            yield Said(rule="wish", word="kept", sentence="A wish is kept for a sober day.")

    return Case(when=when, asks=asks, says=says)


def nothing(_made: Agreement) -> None:
    """Nobody wrote anything."""


def in_good_time(*more: Callable[[Agreement], object]) -> Story:
    """Agreed two days before the first dose, and then this."""

    def story(made: Agreement) -> None:
        made.agrees(-48)
        made.dose()
        for one in more:
            one(made)

    return story


def over(made: Agreement) -> None:
    """The first dose, and everything but the teach-back over a day later."""
    made.agrees(-48)
    made.dose(ready=READY)


def reopened(made: Agreement) -> None:
    over(made)
    made.says(1, NO_HANDS)
    made.says(READY, TaughtBack(draft=1, is_passed=True))


def both(*stories: Story) -> Story:
    def story(made: Agreement) -> None:
        for one in stories:
            one(made)

    return story


def within_a_day(made: Agreement) -> None:
    made.agrees(-48, WIDER)
    made.agrees(-2, USUAL)
    made.dose()


def mixed_up(made: Agreement) -> None:
    """Understood before the dose, signed after the window."""
    draft = made.drafts(-30, WIDER)
    made.says(-30, TaughtBack(draft=draft, is_passed=True))
    made.dose(ready=READY)
    made.says(READY, TaughtBack(draft=draft, is_passed=True))
    made.signs(READY, draft)


NOT_YET = (
    permits("nobody was ever asked", at=-1, story=nothing),
    permits("drawn up, and neither understood nor signed", at=-1, story=lambda made: made.drafts(-48)),
    permits("signed by all but the guide", at=-1,
            story=lambda made: _signed_by(made, Party.PATIENT, Party.PRESCRIBER)),
    permits("signed by all, without a teach-back", at=-1,
            story=lambda made: made.signs(-48, made.drafts(-48))),
    permits("understood and signed by all", *ALL, at=-1, story=lambda made: made.agrees(-48)),
    permits("a second before it ends", *ALL, at=100 - ONE_SECOND,
            story=lambda made: made.agrees(-48, ends=100)),
    permits("at its end", at=100, story=lambda made: made.agrees(-48, ends=100)),
)  # fmt: skip

IN_SESSION = (
    permits("agreed two days before", *ALL, at=1, story=in_good_time()),
    permits("agreed 24 hours before, to the second", *ALL, at=1,
            story=lambda made: (made.agrees(-24), made.dose())),
    permits("agreed a second later than that", at=1,
            story=lambda made: (made.agrees(-24 + ONE_SECOND), made.dose())),
    permits("she says no to hands", "feet yes", "treatment yes", at=1,
            story=in_good_time(lambda made: made.says(0.5, NO_HANDS))),
    permits("she says no to hands and then yes again", "feet yes", "treatment yes", "wish kept", at=1,
            story=in_good_time(lambda made: made.says(0.5, NO_HANDS),
                               lambda made: made.says(0.6, AskedInSession(wishes=frozenset({HANDS}))))),
    permits("she asks for a hug that was never agreed", *ALL, "wish kept", at=1,
            story=in_good_time(lambda made: made.says(0.5, AskedInSession(wishes=frozenset({HUG}))))),
    permits("she is silent after a check-in, and that is taken as a no to everything", at=1,
            story=in_good_time(lambda made: made.says(0.5, everything(Sign.SILENCE)))),
    permits("a wider one is drawn up, understood and signed by all, in session", *ALL, at=1,
            story=in_good_time(lambda made: made.agrees(0.5, WIDER))),
    permits("a narrower one was signed two hours before the dose", *ALL, at=1, story=within_a_day),
    permits("it runs out in the middle of the session", *ALL, at=2,
            story=lambda made: (made.agrees(-48, ends=1), made.dose())),
)  # fmt: skip

CLOCKS = (
    permits("signed in session on a tablet whose clock is two days slow", *ALL, at=1,
            story=in_good_time(lambda made: _claims(made, 0.5, -48))),
    permits("a no that was said offline and arrives the next day, after the window",
            "feet yes", "treatment yes", at=READY + 1,
            story=both(over, lambda made: made.says(READY, TaughtBack(draft=1, is_passed=True)),
                       lambda made: made.says(READY + 0.5, NO_HANDS, claims=1))),
    permits("the server's clock is put back to before the dose, and a wider one is signed", *ALL, at=-30,
            story=in_good_time(lambda made: made.agrees(-30, WIDER))),
    permits("a dose that is only heard of after a wider one was signed", *ALL, at=4,
            story=lambda made: (made.agrees(-48), made.agrees(1, WIDER), made.dose())),
)  # fmt: skip

AFTERWARDS = (
    permits("everything but the teach-back is over", *ALL, at=READY + 1, story=over),
    permits("the teach-back is passed", "feet yes", "treatment yes", at=READY + 1, story=reopened),
    permits("a teach-back a second too early", *ALL, at=READY + 1,
            story=both(over, lambda made: made.says(READY - ONE_SECOND, TaughtBack(draft=1, is_passed=True)),
                       lambda made: made.agrees(READY - ONE_SECOND, WIDER))),
    permits("then a wider one is agreed", *ALL[:1], "hands yes", "hug yes", "treatment yes", at=READY + 1,
            story=both(reopened, lambda made: made.agrees(READY + 0.5, WIDER))),
    permits("understood before the dose and signed after the window", at=READY + 1, story=mixed_up),
)  # fmt: skip


def _signed_by(made: Agreement, *parties: Party) -> None:
    draft = made.drafts(-48)
    made.says(-48, TaughtBack(draft=draft, is_passed=True))
    made.signs(-48, draft, *parties)


def _claims(made: Agreement, at: float, claims: float) -> None:
    draft = made.says(at, Drafted(permits=WIDER, texts="words", expires_at=hour(900)), claims=claims)
    made.says(at, TaughtBack(draft=draft, is_passed=True), claims=claims)
    for party, person in ((Party.PATIENT, PATIENT), (Party.PRESCRIBER, PRESCRIBER), (Party.GUIDE, GUIDE)):
        made.says(at, Signed(draft=draft, party=party, person=person), claims=claims)


def gate(
    when: str, *says: str, at: float, story: Story, asks: Callable[[Agreement, float], Iterable[Said]]
) -> Case:
    def of() -> Iterable[Said]:
        made = Agreement()
        story(made)
        return asks(made, at)

    return Case(when=when, asks=of, says=says)


def drawing_up(
    when: str,
    *says: str,
    at: float = -1,
    texts: str = "words",
    ends: float = 900,
    word: str = "red",
    story: Story = nothing,
) -> Case:
    def asks(made: Agreement, at: float) -> Iterable[Said]:
        drafted = Drafted(
            permits=WIDER, texts=texts, expires_at=hour(ends), stop_word=word, stop_sign="hand up"
        )
        return from_findings(against_drafting(made.now(at), drafted, at=hour(at), limits=LIMITS))

    return gate(when, *says, at=at, story=story, asks=asks)


def teaching_back(when: str, *says: str, at: float = -1, story: Story) -> Case:
    def asks(made: Agreement, at: float) -> Iterable[Said]:
        return from_findings(against_teach_back(made.now(at), made.log, 1, rest=(), limits=LIMITS))

    return gate(when, *says, at=at, story=story, asks=asks)


def signing(
    when: str, *says: str, at: float = -1, party: Party = Party.GUIDE, person: str = GUIDE, story: Story
) -> Case:
    def asks(made: Agreement, at: float) -> Iterable[Said]:
        signed = Signed(draft=1, party=party, person=person)
        return from_findings(against_signing(made.now(at), made.log, signed, patient=PATIENT, limits=LIMITS))

    return gate(when, *says, at=at, story=story, asks=asks)


def understood(made: Agreement) -> None:
    made.says(-48, TaughtBack(draft=made.drafts(-48), is_passed=True, is_rehearsed=True))


def not_practised(made: Agreement) -> None:
    made.says(-48, TaughtBack(draft=made.drafts(-48), is_passed=True))


def without_touch(made: Agreement) -> None:
    made.says(-48, TaughtBack(draft=made.drafts(-48, frozenset({TREATMENT})), is_passed=True))


def dosing(
    when: str, *says: str, less: frozenset[Permit] = NOTHING, route: Route = Route.IM, number: int = 1
) -> Case:
    """A dose into a muscle, with all that it needs agreed but these."""

    def asks() -> Iterable[Said]:
        return from_findings(against_dose(NEEDED - less, route=route, number=number, limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def failed(times: int) -> Story:
    def story(made: Agreement) -> None:
        draft = made.drafts(-48)
        for _ in range(times):
            made.says(-47, TaughtBack(draft=draft, is_passed=False))

    return story


DRAWING_UP = (
    drawing_up("she is sober and everything is there"),
    drawing_up("an hour after the first dose", "AGR-02 stop", at=1, story=in_good_time()),
    drawing_up("a week later, with no teach-back yet", "AGR-02 stop", at=168, story=over),
    drawing_up("nobody chose the words", "AGR-04 unknown", texts=""),
    drawing_up("it would end at this very moment", "AGR-06 stop", ends=-1),
    drawing_up("touch, and no word that stops it", "AGR-07 stop", word=""),
)  # fmt: skip

TEACHING_BACK = (
    teaching_back("the draft as it stands", story=lambda made: made.drafts(-48)),
    teaching_back("a draft that was replaced", "AGR-03 stop",
                  story=lambda made: (made.drafts(-48), made.drafts(-47))),
    teaching_back("not passed once", story=failed(1)),
    teaching_back("not passed twice running", "E35 stop", story=failed(2)),
    teaching_back("the agreement that is held already, to end a window", at=READY, story=over),
)  # fmt: skip

SIGNING = (
    signing("understood", story=understood),
    signing("understood, and the stop word never practised", "AGR-07 unknown", story=not_practised),
    signing("the same, where no touch is agreed", story=without_touch),
    signing("not understood yet", "AGR-04 unknown", story=lambda made: made.drafts(-48)),
    signing("understood once, and then not", "AGR-04 unknown",
            story=both(understood, lambda made: made.says(-40, TaughtBack(draft=1, is_passed=False)))),
    signing("she has said no to something since", "AGR-03 stop",
            story=both(understood, lambda made: made.says(-40, NO_HANDS))),
    signing("replaced by another draft", "AGR-03 stop",
            story=both(understood, lambda made: made.drafts(-40))),
    signing("signed by all already", "AGR-03 stop", story=lambda made: made.agrees(-48)),
    signing("staff sign as the patient", "AGR-05 stop", party=Party.PATIENT, person=GUIDE, story=understood),
    signing("the patient signs as the guide", "AGR-05 stop", person=PATIENT, story=understood),
    signing("the prescriber signs as the guide too", "AGR-05 stop", person=PRESCRIBER,
            story=both(understood, lambda made: made.signs(-40, 1, Party.PRESCRIBER))),
    signing("in session", "AGR-02 stop", "AGR-03 stop", at=1,
            story=both(understood, lambda made: made.dose())),
)  # fmt: skip

DOSE = (
    dosing("everything it needs is a yes"),
    dosing("no yes to the treatment", "AGR-08 stop", less=frozenset({TREATMENT})),
    dosing("no yes to what nobody knows yet", "AGR-08 stop", less=frozenset({OFF_LABEL})),
    dosing("no yes to this way of giving it", "AGR-08 stop", route=Route.NASAL_DEVICE),
    dosing("a second dose, with a yes to it", number=2),
    dosing("a second dose without one", "AGR-08 stop", less=frozenset({BOOSTER}), number=2),
    dosing("nothing was ever agreed: a second dose", *["AGR-08 stop"] * 4, less=NEEDED, number=2),
)

PAGE = Page(
    slug="agreements",
    title="Agreements",
    intro=(
        "What a patient has agreed to is a set of yeses, each to one thing; all that is not among them is a"
        " no. A no counts at once, however it is given and whoever notices it. A yes needs a draft that the"
        " patient has understood, told back and signed, and that prescriber and guide have signed too, all of"
        " it sober. From the first dose until the impaired window is closed nothing can be added, and a wish"
        " for more is kept for a sober day. Where clocks disagree, the account that permits less is believed."
        " Hours are counted from the first dose."
    ),
    sections=(
        Section(title="Before", cases=NOT_YET, content="Everything is a no."),
        Section(title="In session", cases=IN_SESSION, content="Everything is a no."),
        Section(title="Clocks and late word", cases=CLOCKS, content="Everything is a no."),
        Section(title="Afterwards", cases=AFTERWARDS, content="Everything is a no."),
        Section(title="Drawing one up", cases=DRAWING_UP),
        Section(title="Telling it back", cases=TEACHING_BACK),
        Section(title="Signing it", cases=SIGNING),
        Section(title="Giving a dose", cases=DOSE, content="The agreement permits it."),
    ),
    rows=rows_of(LIMITS),
)
