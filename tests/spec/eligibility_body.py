"""Eligibility: the body."""

from tests.intakes import NEVER_DAY, SOME_DAY, answer, changed, days_ago, on
from tests.spec.eligibility_case import asking, case, rows_for
from tests.spec.page import Case, Page, Section

from slackwater.rules.eligibility.conditions import (
    BladderSign,
    BrainCondition,
    ChildPugh,
    EyeProblem,
    HeartOrLung,
    PressureHazard,
    SleepApnoea,
)
from slackwater.rules.eligibility.criteria import Stage
from slackwater.terms.route import Route


def some(*members):
    return frozenset(members)


VESSELS = (
    case("an aneurysm, ever", "E01 stop", of="heart", has_aneurysm=True),
    case("nobody asked about aneurysms", "E01 unknown", of="heart", has_aneurysm=None),
    case("bleeding within the brain, ever", "E02 stop", of="nerves", had_haemorrhage=True),
    case("nobody asked about bleeding within the brain", "E02 unknown", of="nerves", had_haemorrhage=None),
    case("severe valve disease and a recent stroke", "E04 stop", of="heart",
         hazards=some(PressureHazard.VALVE, PressureHazard.STROKE)),
    case("nobody judged whether a rise in pressure is dangerous", "E04 unknown", of="heart", hazards=None),
)  # fmt: skip

EVENT = (
    case("never", of="heart", last_event=NEVER_DAY),
    case("41 days ago", "E05 stop", "E06 warn†", of="heart", last_event=days_ago(41)),
    case("42 days ago: still within six weeks", "E05 stop", "E06 warn†", of="heart", last_event=days_ago(42)),
    case("43 days ago: E05 is over, E06 goes on", "E06 warn†", of="heart", last_event=days_ago(43)),
    case("today", "E05 stop", "E06 warn†", of="heart", last_event=days_ago(0)),
    case("tomorrow, as written down", "E05 unknown", "E06 warn†", of="heart", last_event=days_ago(-1)),
    case("at some time, nobody knows when", "E05 unknown", "E06 warn†", of="heart", last_event=SOME_DAY),
    case("nobody asked", "E05 unknown", of="heart", last_event=None),
)  # fmt: skip

HEART = (
    case("coronary disease and arrhythmia", "E06 warn†", of="heart",
         conditions=some(HeartOrLung.CORONARY, HeartOrLung.ARRHYTHMIA)),
    case("nobody asked about heart and lungs", "E06 unknown†", of="heart", conditions=None),
)  # fmt: skip

NERVES = (
    case("a seizure three months ago to the day", "E30 warn*", of="nerves", last_seizure=on(2026, 8, 26)),
    case("a seizure a day longer ago", of="nerves", last_seizure=on(2026, 8, 25)),
    case("a seizure, nobody knows when", "E30 unknown*", of="nerves", last_seizure=SOME_DAY),
    case("a seizure dated tomorrow", "E30 unknown*", of="nerves", last_seizure=days_ago(-1)),
    case("nobody asked about seizures", "E30 unknown*", of="nerves", last_seizure=None),
    case("delirium", "E31 stop", of="nerves", conditions=some(BrainCondition.DELIRIUM)),
    case("nobody asked about dementia, delirium and brain injury", "E31 unknown", of="nerves",
         conditions=None),
)  # fmt: skip

REPRODUCTION = (
    case("a positive test", "E20 stop†", of="reproduction", test=answer(True)),
    case("a positive test of two months ago", "E20 stop†", of="reproduction", test=answer(True, hours=1440)),
    case("a positive test of one who cannot be pregnant", "E20 stop†", of="reproduction",
         can_be_pregnant=False, test=answer(True)),
    case("a negative test 14 days ago", of="reproduction", test=answer(False, hours=336)),
    case("a second longer ago", "E20 unknown†", of="reproduction", test=answer(False, hours=336, seconds=1)),
    case("a negative test dated a second from now", "E20 unknown†", of="reproduction",
         test=answer(False, hours=0, seconds=-1)),
    case("no test", "E20 unknown†", of="reproduction", test=None),
    case("no test of one who cannot be pregnant", of="reproduction", can_be_pregnant=False, test=None),
    case("nobody asked whether she may be pregnant", "E20 unknown†", of="reproduction", can_be_pregnant=None),
    case("a pregnancy is planned", "E20 stop†", of="reproduction", plans_pregnancy=True),
    case("nobody asked about plans", "E20 unknown†", of="reproduction", plans_pregnancy=None),
    case("breastfeeding", "E21 stop*", of="reproduction", is_breastfeeding=True),
    case("nobody asked about breastfeeding", "E21 unknown*", of="reproduction", is_breastfeeding=None),
)  # fmt: skip

LIVER = (
    case("Child-Pugh A", of="liver", child_pugh=ChildPugh.A),
    case("Child-Pugh B", "E23 warn*", of="liver", child_pugh=ChildPugh.B),
    case("Child-Pugh C", "E22 stop", "E23 warn*", of="liver", child_pugh=ChildPugh.C),
    case("nobody knows how the liver is", "E22 unknown", "E23 unknown*", of="liver", child_pugh=None),
    case("ALT three times its upper limit", of="liver", alt=300),
    case("ALT a hundredth of it more", "E24 stop*", of="liver", alt=301),
    case("all four over", "E24 stop*", of="liver", alt=301, ast=400, alp=900, ggt=301),
    case("GGT was not measured", "E24 unknown*", of="liver", ggt=None),
    case("GGT was not measured and ALP is over", "E24 unknown*", "E24 stop*", of="liver", ggt=None, alp=500),
    case("a new cholestatic pattern", "E24 stop*", of="liver", is_cholestatic=True),
    case("nobody looked at the pattern", "E24 unknown*", of="liver", is_cholestatic=None),
)

BLADDER = (
    case("bladder pain", "E25 stop†", of="organs", bladder=some(BladderSign.PAIN)),
    case("nobody asked about the bladder", "E25 unknown†", of="organs", bladder=None),
    case("score 18", of="organs", bpic_ss=18),
    case("score 19", "E25 stop†", of="organs", bpic_ss=19),
    case("score 20", "E25 stop†", of="organs", bpic_ss=20),
    case("no score", "E25 unknown†", of="organs", bpic_ss=None),
)

ORGANS = (
    case("an overactive thyroid", "E26 stop*", of="organs", thyroid_uncontrolled=True),
    case("nobody knows how the thyroid is", "E26 unknown*", of="organs", thyroid_uncontrolled=None),
    case("narrow-angle glaucoma", "E27 warn*", of="organs", eyes=some(EyeProblem.GLAUCOMA)),
    case("nobody asked about the eyes", "E27 unknown*", of="organs", eyes=None),
)

SLEEP = (
    case("mild", of="breathing", sleep_apnoea=SleepApnoea.MILD),
    case("moderate, treated", of="breathing", sleep_apnoea=SleepApnoea.TREATED),
    case("moderate, untreated, by vein", "E28 stop†", of="breathing", sleep_apnoea=SleepApnoea.UNTREATED),
    case("moderate, untreated, by muscle", "E28 stop†", of="breathing", route=Route.IM,
         sleep_apnoea=SleepApnoea.UNTREATED),
    case("moderate, untreated, by nose", "E28 warn†", of="breathing", route=Route.NASAL_DEVICE,
         sleep_apnoea=SleepApnoea.UNTREATED),
    case("nobody asked", "E28 unknown†", of="breathing", sleep_apnoea=None),
    case("body mass index 35 and no apnoea", of="person", bmi_tenths=350),
    case("nobody weighed her, and no apnoea", of="person", bmi_tenths=None),
)  # fmt: skip


def heavy(when: str, *says: str, apnoea: SleepApnoea, bmi_tenths: int | None) -> Case:
    intake = changed("breathing", {"sleep_apnoea": apnoea})
    return asking(when, *says, intake=changed("person", {"bmi_tenths": bmi_tenths}, of=intake))


SLEEP_AND_WEIGHT = (
    heavy("mild apnoea, body mass index 34.9", apnoea=SleepApnoea.MILD, bmi_tenths=349),
    heavy("mild apnoea, 35", "E06 warn†", "E28 stop†", apnoea=SleepApnoea.MILD, bmi_tenths=350),
    heavy("treated apnoea, 35.1", "E06 warn†", "E28 stop†", apnoea=SleepApnoea.TREATED, bmi_tenths=351),
    heavy("treated apnoea, nobody weighed her", "E28 unknown†", apnoea=SleepApnoea.TREATED, bmi_tenths=None),
    heavy("untreated apnoea, 40", "E06 warn†", "E28 stop†", "E28 stop†", apnoea=SleepApnoea.UNTREATED,
          bmi_tenths=400),
)  # fmt: skip

ALLERGY = (
    case("hypersensitive to esketamine", "E03 stop", of="medicines", is_hypersensitive=True),
    case("nobody read the list of allergies", "E03 unknown", of="medicines", is_hypersensitive=None),
    case(
        "on the day, nobody read it", "E03 unknown", of="medicines", stage=Stage.DAY, is_hypersensitive=None
    ),
    case("3 mg of lorazepam a day", of="medicines", benzodiazepine_ug=3000),
    case("a microgram more", "E34 warn*", of="medicines", benzodiazepine_ug=3001),
    case("nobody knows which benzodiazepine", "E34 unknown*", of="medicines", benzodiazepine_ug=None),
    case("the list of medicines has one, and the answer is none", "E34 unknown*", of="medicines",
         benzodiazepines=("diazepam",), benzodiazepine_ug=0),
    case("the list has one, and it equals a microgram of lorazepam", of="medicines",
         benzodiazepines=("diazepam",), benzodiazepine_ug=1),
    case("the list has one, and nobody knows how much", "E34 unknown*", of="medicines",
         benzodiazepines=("diazepam",), benzodiazepine_ug=None),
)  # fmt: skip

ASA = (
    case("class 3, stable", of="anaesthetic", asa=3),
    case("class 3, not stable", "E39 stop", of="anaesthetic", asa=3, is_asa_unstable=True),
    case("class 3, nobody knows how stable", "E39 unknown", of="anaesthetic", asa=3, is_asa_unstable=None),
    case("class 4", "E39 stop", of="anaesthetic", asa=4),
    case("class 5", "E39 stop", of="anaesthetic", asa=5),
    case("class 2, not stable", of="anaesthetic", asa=2, is_asa_unstable=True),
    case("nobody classed her", "E39 unknown", of="anaesthetic", asa=None),
    case("class 4, by nose: the row is of injections", of="anaesthetic", route=Route.NASAL_DEVICE, asa=4),
)

TESTS = (
    case("an ECG twelve months ago to the day", of="on_file", ecg=on(2025, 11, 26)),
    case("an ECG a day older", "E43 stop*", of="on_file", ecg=on(2025, 11, 25)),
    case("no ECG ever", "E43 stop*", of="on_file", ecg=NEVER_DAY),
    case("nobody looked for one", "E43 unknown*", of="on_file", ecg=None),
    case("kidney function dated tomorrow", "E43 unknown*", of="on_file", kidney=days_ago(-1)),
    case("nothing on file", "E43 stop*", "E43 stop*", "E43 stop*", of="on_file", ecg=NEVER_DAY,
         kidney=NEVER_DAY, liver=NEVER_DAY),
    case("no liver function, by lozenge: only advice", "E43 note", of="on_file", route=Route.LOZENGE,
         liver=NEVER_DAY),
)  # fmt: skip

PAGE = Page(
    slug="eligibility-body",
    title="Eligibility: the body",
    intro=(
        "Everything is known of a patient of 34 and nothing stands against an order by vein on 26 November"
        " 2026; each row changes one thing. Whatever is not known is a barrier, and so is what is dated after"
        " now. “Within” a time includes its last day."
    ),
    sections=(
        Section(title="Vessels", cases=VESSELS),
        Section(title="The last cardiovascular event", cases=EVENT),
        Section(title="Heart and lungs", cases=HEART),
        Section(title="Brain and nerves", cases=NERVES),
        Section(title="Pregnancy and breastfeeding", cases=REPRODUCTION),
        Section(title="The liver", cases=LIVER),
        Section(title="The bladder", cases=BLADDER),
        Section(title="Thyroid and eyes", cases=ORGANS),
        Section(title="Sleep apnoea", cases=SLEEP),
        Section(title="Sleep apnoea and weight", cases=SLEEP_AND_WEIGHT),
        Section(title="Allergy and benzodiazepines", cases=ALLERGY),
        Section(title="ASA class", cases=ASA),
        Section(title="Tests on file", cases=TESTS),
    ),
    rows=rows_for(
        "E01", "E02", "E03", "E04", "E05", "E06", "E20", "E21", "E22", "E23", "E24", "E25", "E26", "E27",
        "E28", "E30", "E31", "E34", "E39", "E43",
    ),
)  # fmt: skip
