"""Reads own_exposures.csv: what the papers of published models print of their own exposures."""

import csv
from collections.abc import Iterator
from importlib import resources

from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.own_exposures import Figure, OwnExposure, Statistic, Weights
from slackwater.pharma.person import Ancestry, Person
from slackwater.pharma.regimen_text import parse_regimen
from slackwater.units import h_from_min, mg_l_from_ng_ml

_FILE = "own_exposures.csv"


def read_own_exposures() -> tuple[OwnExposure, ...]:
    """The table that ships with the package, in the order of its rows."""
    text = resources.files("slackwater.catalogue").joinpath(_FILE).read_text(encoding="utf-8")
    return tuple(_parse(text))


def _parse(text: str) -> Iterator[OwnExposure]:
    for row in csv.DictReader(text.splitlines()):
        yield OwnExposure(
            model=row["model"],
            what=row["what"],
            doses=row["doses"],
            regimen=parse_regimen(row["doses"].split("; ")),
            person=_person(row),
            weights=_weights(row),
            analyte=Analyte(row["analyte"]),
            site=Site(row["site"]),
            figure=Figure(row["figure"]),
            sampled_h=tuple(h_from_min(float(minute)) for minute in row["sampled_min"].split()),
            n=int(row["n"]),
            statistic=Statistic(row["statistic"]),
            observed=mg_l_from_ng_ml(float(row["observed"])),
            source=row["source"],
            verification=row["verification"],
        )


def _person(row: dict[str, str]) -> Person:
    return Person(
        weight_kg=float(row["weight_kg"]),
        age_years=float(row["age_years"]) if row["age_years"] else None,
        ancestry=Ancestry(row["ancestry"] or Ancestry.NOT_STATED.value),
    )


def _weights(row: dict[str, str]) -> Weights | None:
    if not row["weight_sd"]:
        return None
    return Weights(
        mean=float(row["weight_kg"]),
        sd=float(row["weight_sd"]),
        low=float(row["weight_low"]),
        high=float(row["weight_high"]),
    )
