"""Medicines by the names people write, and whether the crowd can take them into account."""

from dataclasses import dataclass

from slackwater.catalogue.loader import load
from slackwater.records.models import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """One medicine. `checked` says whether its effect on exposure is known here."""

    name: str
    label: str
    checked: bool
    listed_here: bool = True

    @property
    def words(self) -> str:
        """What stands beside it."""
        if self.checked:
            return "known to change exposure; the crowd takes it into account"
        return "changes exposure by an unknown amount" if self.listed_here else "not checked for interactions"


def known() -> list[Medicine]:
    """The medicines whose effect on exposure is in the catalogue, by label."""
    changes = load().exposure_changes
    found = [Medicine(name=one.medicine, label=_label(one.name), checked=one.is_measured) for one in changes]
    return sorted(found, key=lambda medicine: medicine.label)


def named(name: str) -> Medicine:
    """A medicine by the name it was listed under; one that the catalogue lacks is not checked."""
    found = next((medicine for medicine in known() if medicine.name == name), None)
    return found or Medicine(name=name, label=_label(name), checked=False, listed_here=False)


def listed(patient: Patient) -> list[Medicine]:
    """What the patient takes now."""
    names = patient.medicines.filter(ended_at=None).order_by("name").values_list("name", flat=True)
    return [named(name) for name in names]


def from_words(text: str) -> str:
    """The name to list a typed medicine under: the catalogue's, where it knows the words."""
    words = " ".join(text.split()).lower()
    return next((one.name for one in known() if words in {one.name.lower(), one.label.lower()}), words)


def _label(name: str) -> str:
    return name[:1].upper() + name[1:]
