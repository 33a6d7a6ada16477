"""Medicines by the names people write, what is kept of each, and what is open about them on the day."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from slackwater.catalogue.interactions import load_interactions
from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.loader import load
from slackwater.records.models import MedicineLine, Patient, PatientMedicine
from slackwater.rules.findings import Finding
from slackwater.rules.interactions import day
from slackwater.rules.interactions.findings import DayPlan, Taken
from slackwater.rules.interactions.table import Ingredient

# One row holds both (D01, "benzodiazepines and Z-drugs"), and E34 asks for the first alone. Which of its
# ingredients are Z-drugs is from memory.
_SEDATIVES = "INT-D01"
_Z_DRUGS = frozenset({"eszopiclone", "zaleplon", "zolpidem", "zopiclone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """One medicine.

    checked: whether what it does to exposure is known here, or it was looked up and does nothing to it
    counted: whether the crowd takes it into account
    """

    name: str
    label: str
    checked: bool
    listed_here: bool = True
    counted: bool = False

    @property
    def words(self) -> str:
        """What stands beside it."""
        if self.counted:
            return "known to change exposure; the crowd takes it into account"
        if self.checked:
            return "looked up; the crowd leaves it out"
        return "changes exposure by an unknown amount" if self.listed_here else "not checked for interactions"

    @property
    def in_order(self) -> str:
        """Its name with what the crowd makes of it, as an order reads it out."""
        if self.counted:
            return self.label
        return f"{self.label} ({'the crowd leaves it out' if self.checked else 'not checked'})"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnList:
    """One medicine on a patient's list, with the last that was said of it.

    told:    how it is taken; None where only its name was written
    asked:   when somebody last asked, and what the answer was
    planned: what a prescriber decided for the day
    """

    medicine: Medicine
    told: MedicineLine | None
    asked: MedicineLine | None
    planned: MedicineLine | None

    @property
    def last_taken_at(self) -> datetime | None:
        """What was said last of it; an answer that nobody knows takes an older one back."""
        said = [line for line in (self.told, self.asked) if line is not None]
        return max(said, key=lambda line: line.pk).last_taken_at if said else None

    @property
    def plan(self) -> DayPlan | None:
        return DayPlan(self.planned.plan) if self.planned else None

    @property
    def taken(self) -> Taken:
        """As the rules read it."""
        return Taken(
            name=self.medicine.name,
            label=self.medicine.label,
            last_taken=self.last_taken_at,
            plan=self.plan,
        )

    @property
    def answered(self) -> day.Asked:
        """As the rules of the day read it."""
        return day.Asked(
            medicine=self.taken,
            asked_at=self.asked.happened_at if self.asked else None,
            is_held=self.asked.is_held if self.asked else None,
        )


def known() -> list[Medicine]:
    """The medicines whose effect on exposure is in the catalogue, by label."""
    changes = load().exposure_changes
    found = [
        Medicine(name=one.medicine, label=_label(one.name), checked=one.is_measured, counted=one.is_measured)
        for one in changes
    ]
    return sorted(found, key=lambda medicine: medicine.label)


def named(name: str) -> Medicine:
    """A medicine by the name it was listed under; one that the catalogue lacks is not checked."""
    found = next((medicine for medicine in known() if medicine.name == name), None)
    if found is not None:
        return found
    ingredient = load_interactions().named(name)
    if ingredient is None:
        return Medicine(name=name, label=_label(name), checked=False, listed_here=False)
    return Medicine(name=name, label=ingredient.label, checked=not _changes_exposure(ingredient))


def listed(patient: Patient) -> list[Medicine]:
    """What the patient takes now."""
    names = patient.medicines.filter(ended_at=None).order_by("name").values_list("name", flat=True)
    return [named(name) for name in names]


def benzodiazepines(patient: Patient) -> tuple[str, ...]:
    """Those on the list now, by name. Z-drugs, which share their row, are none."""
    table = load_interactions()
    found = [table.named(one.name) for one in listed(patient)]
    return tuple(
        one.name for one in found if one is not None and _SEDATIVES in one.rows and one.key not in _Z_DRUGS
    )


def from_words(text: str) -> str:
    """The name to list a typed medicine under: the catalogue's, where it knows the words."""
    words = " ".join(text.split()).lower()
    found = next((one.name for one in known() if words in {one.name.lower(), one.label.lower()}), None)
    ingredient = load_interactions().named(words)
    return found or (ingredient.key if ingredient else words)


def on_list(patient: Patient) -> list[OnList]:
    """What the patient takes now, with the last that was said of each since it was listed."""
    lines = list(patient.medicine_lines.exclude(kind="verified").order_by("pk"))
    rows = patient.medicines.filter(ended_at=None).order_by("name")
    return [_with_lines(row, lines) for row in rows]


def verified_at(patient: Patient) -> datetime | None:
    """When a licensed person last verified the list as it now stands; None where it changed since."""
    last = _verified(patient)
    return (
        None
        if last is None or last.names != _names(patient) or _told_since(patient, last)
        else (last.happened_at)
    )


def verified(patient: Patient) -> MedicineLine | None:
    """The last verification, whether it still counts or not."""
    return _verified(patient)


def list_gaps(patient: Patient, *, at: datetime) -> tuple[Finding, ...]:
    """INT-02 unless the list counts as reconciled at this moment."""
    return tuple(day.verified(verified_at(patient), at=at, limits=load_limits().interactions))


def asked_gaps(patient: Patient, *, at: datetime) -> tuple[Finding, ...]:
    """Each medicine of which nobody has asked on the day of `at` when it was last taken (INT-03)."""
    asked = [one.answered for one in on_list(patient)]
    return tuple(day.not_asked(asked, at=timezone.localtime(at)))


def held_gaps(patient: Patient, *, at: datetime) -> tuple[Finding, ...]:
    """Each medicine to be held or stopped that is not confirmed today to have been, or was taken too late."""
    asked = [one.answered for one in on_list(patient)]
    return tuple(day.not_held(asked, at=timezone.localtime(at), table=load_interactions()))


def _changes_exposure(ingredient: Ingredient) -> bool:
    """Whether a row says that it changes how much ketamine arrives; without a ratio nobody knows how much."""
    return any("PK" in row.type for row in load_interactions().of(ingredient))


def _with_lines(row: PatientMedicine, lines: list[MedicineLine]) -> OnList:
    """A medicine that was ended and listed again starts anew."""
    mine = [line for line in lines if line.name == row.name and line.recorded_at >= row.recorded_at]

    def last(kind: str) -> MedicineLine | None:
        return next((line for line in reversed(mine) if line.kind == kind), None)

    return OnList(medicine=named(row.name), told=last("told"), asked=last("asked"), planned=last("planned"))


def _verified(patient: Patient) -> MedicineLine | None:
    return patient.medicine_lines.filter(kind="verified").order_by("-pk").first()


def _names(patient: Patient) -> list[str]:
    return list(patient.medicines.filter(ended_at=None).order_by("name").values_list("name", flat=True))


def _told_since(patient: Patient, last: MedicineLine) -> bool:
    return patient.medicine_lines.filter(kind="told", pk__gt=last.pk).exists()


def _label(name: str) -> str:
    return name[:1].upper() + name[1:]
