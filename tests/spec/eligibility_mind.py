"""Eligibility: mind, substances, and who is around the patient."""

from tests.intakes import NEVER_DAY, NOW, SOME_DAY, ago, changed, days_ago, on, screen
from tests.spec.eligibility_case import asking, case, rows_for
from tests.spec.page import Case, Page, Section

from slackwater.rules.eligibility.conditions import HomePressure, Mood, Psychosis
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.intake import PrivateScreen
from slackwater.terms.sex import Sex

# A judgement takes the place of the screens, so it is absent where they are looked at.
NOT_JUDGED: dict[str, object] = {"of": "substances", "has_other_disorder": None}


def told(*what: HomePressure, hours: float = 1, was_alone: bool = True, seconds: float = 0) -> PrivateScreen:
    return PrivateScreen(told=frozenset(what), was_alone=was_alone, at=ago(hours=hours, seconds=seconds))


MIND = (
    case("psychosis now", "E10 stop†", of="mind", psychosis=frozenset({Psychosis.CURRENT})),
    case("a primary psychotic disorder long ago", "E10 stop†", of="mind",
         psychosis=frozenset({Psychosis.PRIMARY_EVER})),
    case("nobody asked about psychosis", "E10 unknown†", of="mind", psychosis=None),
    case("a mixed state", "E11 stop*", of="mind", mood=frozenset({Mood.MIXED})),
    case("nobody asked about mania", "E11 unknown*", of="mind", mood=None),
    case("a brother with primary psychosis", "E12 warn*", of="mind", relative_with_psychosis=True),
    case("nobody knows of her family", "E12 unknown*", of="mind", relative_with_psychosis=None),
    case("the same on the day: it is asked before", of="mind", stage=Stage.DAY, relative_with_psychosis=None),
)  # fmt: skip

SUICIDE = (
    case("intent (item 4)", "E13 stop†", of="mind", suicide=screen(intent=True)),
    case("a plan with intent (item 5)", "E13 stop†", "E13 stop†", of="mind",
         suicide=screen(intent=True, plan=True)),
    case("behaviour three months ago to the day (item 6)", "E13 stop†", of="mind",
         suicide=screen(behaviour=on(2026, 8, 26))),
    case("behaviour a day longer ago", of="mind", suicide=screen(behaviour=on(2026, 8, 25))),
    case("behaviour, nobody knows when", "E13 unknown†", of="mind", suicide=screen(behaviour=SOME_DAY)),
    case("behaviour dated tomorrow", "E13 unknown†", of="mind", suicide=screen(behaviour=days_ago(-1))),
    case("item 4 skipped", "E13 unknown†", of="mind", suicide=screen(intent=None)),
    case("items 5 and 6 skipped", "E13 unknown†", "E13 unknown†", of="mind",
         suicide=screen(plan=None, behaviour=None)),
    case("not screened", "E13 unknown†", of="mind", suicide=None),
    case("screened 14 days before an order", of="mind", suicide=screen(hours=336)),
    case("screened an hour earlier than that", "E13 unknown†", of="mind", suicide=screen(hours=337)),
    case("screened 6 hours before a dose", of="mind", stage=Stage.DAY, suicide=screen(hours=6)),
    case("screened the evening before a dose", "E13 unknown†", of="mind", stage=Stage.DAY,
         suicide=screen(hours=14)),
    case("a screen dated an hour from now", "E13 unknown†", of="mind", suicide=screen(hours=-1)),
)  # fmt: skip

DISSOCIATION = (
    case("an untreated dissociative disorder", "E14 warn†", of="mind", untreated_dissociative_disorder=True),
    case("nobody knows of one", "E14 unknown†", of="mind", untreated_dissociative_disorder=None),
    case("severe while sober, as a clinician sees it", "E14 warn†", of="mind", is_dissociating=True),
    case("no clinician looked", "E14 unknown†", of="mind", is_dissociating=None),
    case("CADSS 4 while sober", of="mind", cadss_sober=4),
    case("CADSS 5 while sober", "E14 warn†", of="mind", cadss_sober=5),
    case("no CADSS, and a clinician saw none", of="mind", cadss_sober=None),
)

SUBSTANCES = (
    case("a use disorder of ketamine, ever", "E15 stop†", of="substances", ketamine_disorder=True),
    case("ketamine more than rarely", "E15 stop†", of="substances", ketamine_often=True),
    case("nobody asked about ketamine", "E15 unknown†", "E15 unknown†", of="substances",
         ketamine_disorder=None, ketamine_often=None),
    case("another active use disorder", "E16 stop†", of="substances", has_other_disorder=True),
    case("not judged, both screens low", **NOT_JUDGED),
    case("not judged, AUDIT-C 2", audit_c=2, **NOT_JUDGED),
    case("not judged, AUDIT-C 3", "E16 unknown†", audit_c=3, **NOT_JUDGED),
    case("not judged, DAST-10 2", dast_10=2, **NOT_JUDGED),
    case("not judged, DAST-10 3", "E16 unknown†", dast_10=3, **NOT_JUDGED),
    case("not judged, no AUDIT-C", "E16 unknown†", audit_c=None, **NOT_JUDGED),
    case("not judged, no screen", "E16 unknown†", audit_c=None, dast_10=None, **NOT_JUDGED),
    case("AUDIT-C 9, and a clinician judged that there is none", of="substances", audit_c=9),
)  # fmt: skip


def drinking(when: str, *says: str, sex: Sex | None, audit_c: int) -> Case:
    """A score of AUDIT-C that no clinician has judged yet."""
    intake = changed("substances", {"has_other_disorder": None, "audit_c": audit_c})
    return asking(when, *says, intake=changed("person", {"sex": sex}, of=intake))


BY_SEX = (
    drinking("a man, AUDIT-C 3", sex=Sex.MALE, audit_c=3),
    drinking("a man, AUDIT-C 4", "E16 unknown†", sex=Sex.MALE, audit_c=4),
    drinking("a woman, AUDIT-C 2", sex=Sex.FEMALE, audit_c=2),
    drinking("a woman, AUDIT-C 3", "E16 unknown†", sex=Sex.FEMALE, audit_c=3),
    drinking("nobody noted the sex, AUDIT-C 3", "E16 unknown†", sex=None, audit_c=3),
    drinking("the sex is not known, AUDIT-C 3", "E16 unknown†", sex=Sex.UNKNOWN, audit_c=3),
)

CAPACITY = (
    case("she cannot agree to it, as a clinician judges", "E35 stop", of="person", has_capacity=False),
    case("nobody judged", "E35 unknown", of="person", has_capacity=None),
    case("the teach-back not passed once", of="person", teach_back_fails=1),
    case("not passed twice", "E35 stop", of="person", teach_back_fails=2),
    case("not passed three times", "E35 stop", of="person", teach_back_fails=3),
    case("nobody knows of a teach-back", "E35 unknown", of="person", teach_back_fails=None),
)

HOME = (
    case("violence from a partner", "E37 stop†", of="safety", home=told(HomePressure.VIOLENCE)),
    case("pressure to go further sexually", "E37 stop†", of="safety", home=told(HomePressure.MADE_TO_WIDEN)),
    case("told while the partner was there, it counts", "E37 stop†", of="safety",
         home=told(HomePressure.MADE_TO_COME, was_alone=False)),
    case("nothing told, but the partner was there", "E37 unknown†", of="safety", home=told(was_alone=False)),
    case("nobody asked", "E37 unknown†", of="safety", home=None),
    case("asked 14 days before an order", of="safety", home=told(hours=336)),
    case("asked a second longer ago", "E37 unknown†", of="safety", home=told(hours=336, seconds=1)),
    case("asked 6 hours before a dose", of="safety", stage=Stage.DAY, home=told(hours=6)),
    case("asked a second longer before a dose", "E37 unknown†", of="safety", stage=Stage.DAY,
         home=told(hours=6, seconds=1)),
    case("asked the day before an exercise with a partner", "E37 unknown†", of="safety",
         stage=Stage.PROGRAMME, home=told(hours=24)),
    case("asked an hour from now, as written down", "E37 unknown†", of="safety", home=told(hours=-1)),
)  # fmt: skip

HARM = (
    case("one of the staff has harmed her", "E38 stop", of="safety", harm_by_staff=True),
    case("on the day as well", "E38 stop", of="safety", stage=Stage.DAY, harm_by_staff=True),
    case("nobody asked about the staff", "E38 unknown", of="safety", harm_by_staff=None),
    case("the partner has harmed her, before an exercise", "E38 stop", of="safety", stage=Stage.PROGRAMME,
         harm_by_partner=True),
    case("nobody asked about the partner, before an exercise", "E38 unknown", of="safety",
         stage=Stage.PROGRAMME, harm_by_partner=None),
    case("the partner has harmed her, at an order: the row is of what partners do together", of="safety",
         harm_by_partner=True),
)  # fmt: skip

PURPOSE = (
    case("no depressive or PTSD-spectrum diagnosis", "E41 warn†", of="purpose", has_indication=False),
    case("nobody made a diagnosis", "E41 unknown†", of="purpose", has_indication=None),
    case("a new problem, reviewed twelve months ago to the day", of="purpose", stage=Stage.PROGRAMME,
         has_sexual_problem=True, sexual_review=on(2025, 11, 26)),
    case("reviewed a day earlier", "E42 stop*", of="purpose", stage=Stage.PROGRAMME,
         has_sexual_problem=True, sexual_review=on(2025, 11, 25)),
    case("never reviewed", "E42 stop*", of="purpose", stage=Stage.PROGRAMME, has_sexual_problem=True,
         sexual_review=NEVER_DAY),
    case("nobody knows of a review", "E42 unknown*", of="purpose", stage=Stage.PROGRAMME,
         has_sexual_problem=True, sexual_review=None),
    case("the review is dated tomorrow", "E42 unknown*", of="purpose", stage=Stage.PROGRAMME,
         has_sexual_problem=True, sexual_review=days_ago(-1)),
    case("she skipped the question", "E42 unknown*", of="purpose", stage=Stage.PROGRAMME,
         has_sexual_problem=None),
    case("she skipped it, at an order: no dose waits for it", of="purpose", has_sexual_problem=None),
)  # fmt: skip

PAGE = Page(
    slug="eligibility-mind",
    title="Eligibility: mind, substances, and who is around the patient",
    intro=(
        f"The same patient, and the same order on {NOW.day} November 2026; each row changes one thing. Each"
        " question can be skipped: then nobody knows, and the page says who can find out. She is asked about"
        " home with nobody near, and what she says there is taken as it is."
    ),
    sections=(
        Section(title="Psychosis and mood", cases=MIND),
        Section(title="Suicide risk", cases=SUICIDE),
        Section(title="Dissociation", cases=DISSOCIATION),
        Section(title="Substances", cases=SUBSTANCES),
        Section(title="Drinking, not judged yet", cases=BY_SEX),
        Section(title="Being able to agree", cases=CAPACITY),
        Section(title="Home", cases=HOME),
        Section(title="Somebody who has harmed her", cases=HARM),
        Section(title="What it is for", cases=PURPOSE),
    ),
    rows=rows_for("E10", "E11", "E12", "E13", "E14", "E15", "E16", "E35", "E37", "E38", "E41", "E42"),
)
