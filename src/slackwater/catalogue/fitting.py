"""Reads how a model is fitted (fits/*.toml), and the rows that it is fitted to."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from slackwater.catalogue import observed_words as words
from slackwater.catalogue.fields import Fields
from slackwater.catalogue.observed import Row, read_observed
from slackwater.pharma.blueprint import Unit
from slackwater.pharma.disposition import measurements
from slackwater.pharma.fitting.evidence import (
    ErrorModel,
    Evidence,
    Exclusion,
    Figures,
    Prior,
    PublishedF,
)
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Ancestry
from slackwater.pharma.regimen import Dose
from slackwater.pharma.scoring import Observed
from slackwater.pharma.variability import Scale
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.units import h_from_min

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FitPlan:
    """What a fit of one model rests on, besides the rows."""

    model: str
    error: ErrorModel
    error_basis: str
    exclusions: tuple[Exclusion, ...]
    priors: tuple[Prior, ...]


def read_fit_plan(model: str) -> FitPlan:
    """Raises RefusedError when nothing says how this model is fitted, or naming the key at fault."""
    file = resources.files("slackwater.catalogue").joinpath("fits", f"{model}.toml")
    if not file.is_file():
        raise RefusedError.of(
            field="model",
            code="no-priors",
            message=f"Nothing says how the model {model} is fitted.",
            mend=f"Add its priors as fits/{model}.toml to the catalogue, or choose another model.",
        )
    return parse_fit_plan(file.read_text(encoding="utf-8"), name=f"fits/{model}.toml")


def parse_fit_plan(text: str, *, name: str) -> FitPlan:
    top = Fields(name, tomllib.loads(text))
    top.check_version(SCHEMA_VERSION)
    error = top.table("error")
    plan = FitPlan(
        model=top.text("model"),
        error=_error(error),
        error_basis=error.text("basis"),
        exclusions=tuple(_exclusion(table) for table in top.tables("exclusions")),
        priors=tuple(_prior(table) for table in top.tables("priors")),
    )
    error.refuse_unread()
    top.refuse_unread()
    return plan


def read_evidence(text: str, plan: FitPlan, model: PublishedModel) -> Evidence:
    """The rows of a table of published figures that this model can be fitted to, with the plan's priors."""
    excluded = {each.row_id for each in plan.exclusions}
    rows = list(csv.DictReader(io.StringIO(text)))
    read = read_observed(text)
    return Evidence(
        figures=tuple(
            _figures(row, each)
            for row, each in zip(rows, read, strict=True)
            if isinstance(each, Observed) and each.row_id not in excluded and _is_comparable(each, model)
        ),
        bioavailabilities=tuple(_bioavailabilities(rows)),
        priors=plan.priors,
        error=plan.error,
    )


def study_of(row_id: str) -> str:
    """SINGH22-IN10-K belongs to SINGH22."""
    return row_id.partition("-")[0]


def _figures(row: Row, observed: Observed) -> Figures:
    return Figures(
        study=study_of(observed.row_id),
        observed=observed,
        n=_whole(row),
        is_model_derived=_is_model_derived(row),
        is_site_stated=not (row.get("sampling") or "not stated").startswith("not stated"),
    )


def _bioavailabilities(rows: list[dict[str, str]]) -> Iterator[PublishedF]:
    """Each is a contrast within one study, in which the level of its own people cancels."""
    for row in rows:
        percent = re.match(r"\d+(?:\.\d+)?", row.get("f_pct") or "")
        if _is_model_derived(row) or not percent or float(percent[0]) >= 100:
            continue
        try:
            drug = words.drug_of(row["drug_given"])
            route = words.route_of(row["route"], row["formulation"])
        except words.CannotScoreError:
            continue
        if drug is Drug.ESKETAMINE and route is Route.NASAL_SOLUTION:
            # Esketamine by nose is the labelled device wherever a row reports its bioavailability.
            route = Route.NASAL_DEVICE
        yield PublishedF(
            study=study_of(row["row_id"]),
            row_id=row["row_id"],
            drug=drug,
            dose=Dose(route=route, amount_mg=float(row["dose_mg"])),
            F=float(percent[0]) / 100.0,
            n=_whole(row),
        )


def _is_comparable(observed: Observed, model: PublishedModel) -> bool:
    """Whether the model gives the drug and follows the analyte, in the people whom the row is about.

    A fitted model tells no ancestries apart, so rows about one of them would pull it to theirs.
    """
    followed = {analyte for analyte, _ in measurements(model, observed.drug)}
    routes = {dose.route for dose in observed.regimen.doses}
    is_given = observed.drug in model.drugs and routes <= model.routes
    return is_given and observed.analyte in followed and observed.person.ancestry is Ancestry.NOT_STATED


def _is_model_derived(row: Row) -> bool:
    return (row.get("kind") or "").startswith("model_derived")


def _whole(row: Row) -> int | None:
    text = (row.get("n") or "").strip()
    return int(text) if text.isdigit() else None


def _error(table: Fields) -> ErrorModel:
    return ErrorModel(
        between_studies=table.number("between_studies"),
        between_people=table.number("between_people"),
        tmax=table.number("tmax"),
        site=table.number("site"),
        curve_worth=table.number("curve_worth"),
        model_derived=table.number("model_derived"),
        nu=table.number("nu"),
    )


def _exclusion(table: Fields) -> Exclusion:
    found = Exclusion(row_id=table.text("row_id"), reason=table.text("reason"))
    table.refuse_unread()
    return found


def _prior(table: Fields) -> Prior:
    unit, median = table.word("unit", Unit), table.number("median")
    prior = Prior(
        quantity=table.text("quantity"),
        median=h_from_min(median) if unit is Unit.MINUTE else median,
        sd=table.number("sd"),
        scale=Scale.LOGIT if unit is Unit.FRACTION else Scale.LOG,
        study=table.text("study", empty=True),
        source=table.text("source"),
    )
    table.refuse_unread()
    return prior
