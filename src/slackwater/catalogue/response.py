"""Reads response.toml into a checked record; an unknown, missing or mistyped key is refused by its name."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import TypeAlias

from slackwater.pharma.likelihoods import FitLimits, Likelihood, Sign
from slackwater.pharma.parameters import Grade
from slackwater.pharma.response import (
    AlertnessResponse,
    Basis,
    DepthResponse,
    HeartRateResponse,
    PressureResponse,
    RecoveryLevels,
    Response,
    Split,
)
from slackwater.terms.refusal import RefusedError
from slackwater.units import h_from_min, mg_l_from_ng_ml

SCHEMA_VERSION = 2

# The section of each kind of observation.
_LIKELIHOODS = {
    Sign.RATING: "rating",
    Sign.ALERTNESS: "alertness_score",
    Sign.ANSWERS: "answers_to_name",
    Sign.SYSTOLIC: "systolic_reading",
    Sign.DIASTOLIC: "diastolic_reading",
    Sign.HEART_RATE: "heart_rate_reading",
}
_SECTIONS = {
    "depth": {"Emax", "EC50_ng_ml", "EC50_cv", "gamma"},
    "effect_site": {"ke0_half_life_cv"},
    "spread": {
        "EC50_occasion_share",
        "EC50_unknown_share",
        "gamma_unknown_cv",
        "ke0_occasion_share",
        "ke0_unknown_share",
        "pressure_occasion_share",
        "pressure_unknown_share",
    },
    "pressure": {
        "EC50_ng_ml",
        "systolic_Emax_mmhg",
        "systolic_cv",
        "diastolic_Emax_mmhg",
        "diastolic_cv",
        "correlation",
    },
    "alertness": {"EC50_ng_ml", "EC50_cv", "gamma"},
    "heart_rate": {"EC50_ng_ml", "Emax_per_min", "Emax_cv"},
    **{name: {"in_use", "sd", "slip_share", "spacing_min"} for name in _LIKELIHOODS.values()},
    "fit": {
        "plausible_quantile",
        "largest_residual_sd",
        "false_alarm_share",
        "refresh_below_ess_share",
    },
    "recovery": {"depth", "alertness", "thinking_ng_ml"},
}
_WORDS = {"id", "version", "title", "on_screen"}
# Which shares of [spread] each column of standard normals has.
_SHARES = {"EC50": "EC50", "ke0": "ke0", "systolic": "pressure", "diastolic": "pressure"}
_BASIS = {"what", "source", "grade"}

Table: TypeAlias = Mapping[str, object]


def read_response() -> Response:
    """The response record that ships with the package."""
    return parse_response(_shipped())


def read_sign_basis() -> dict[Sign, Basis]:
    """What the likelihood of each kind of observation says, in words, with its source and grade."""
    raw: Table = tomllib.loads(_shipped())
    return {sign: next(_basis(_section(raw, name))) for sign, name in _LIKELIHOODS.items()}


def parse_response(text: str) -> Response:
    """A response record from TOML text.

    Raises RefusedError naming the first key that is unknown, missing, of the wrong type or out of range.
    """
    raw: Table = tomllib.loads(text)
    _check_keys("response", raw, {"schema_version", *_WORDS, *_SECTIONS})
    if raw["schema_version"] != SCHEMA_VERSION:
        raise _refused("schema_version", f"{raw['schema_version']} is not {SCHEMA_VERSION}.")
    sections = {name: _section(raw, name) for name in _SECTIONS}
    return Response(
        id=_text(raw, "id"),
        version=_text(raw, "version"),
        title=_text(raw, "title"),
        on_screen=_text(raw, "on_screen"),
        depth=_depth(sections["depth"]),
        ke0_cv=_number(sections["effect_site"], "ke0_half_life_cv"),
        pressure=_pressure(sections["pressure"]),
        alertness=_alertness(sections["alertness"]),
        heart_rate=_heart_rate(sections["heart_rate"]),
        likelihoods=tuple(_likelihood(sign, sections[name]) for sign, name in _LIKELIHOODS.items()),
        fit=_fit(sections["fit"]),
        recovery=_recovery(sections["recovery"]),
        basis=tuple(basis for section in sections.values() for basis in _basis(section)),
        splits=tuple(_split(sections["spread"], column, prefix) for column, prefix in _SHARES.items()),
        gamma_unknown_cv=_number(sections["spread"], "gamma_unknown_cv"),
    )


def _shipped() -> str:
    return resources.files("slackwater.catalogue").joinpath("response.toml").read_text(encoding="utf-8")


def _depth(section: Table) -> DepthResponse:
    return DepthResponse(
        Emax=_number(section, "Emax"),
        EC50=mg_l_from_ng_ml(_number(section, "EC50_ng_ml")),
        EC50_cv=_number(section, "EC50_cv"),
        gamma=_number(section, "gamma"),
    )


def _split(section: Table, column: str, prefix: str) -> Split:
    return Split(
        of=column,
        occasion=_number(section, f"{prefix}_occasion_share"),
        unknown=_number(section, f"{prefix}_unknown_share"),
    )


def _pressure(section: Table) -> PressureResponse:
    return PressureResponse(
        EC50=mg_l_from_ng_ml(_number(section, "EC50_ng_ml")),
        systolic_Emax=_number(section, "systolic_Emax_mmhg"),
        systolic_cv=_number(section, "systolic_cv"),
        diastolic_Emax=_number(section, "diastolic_Emax_mmhg"),
        diastolic_cv=_number(section, "diastolic_cv"),
        correlation=_number(section, "correlation"),
    )


def _alertness(section: Table) -> AlertnessResponse:
    return AlertnessResponse(
        EC50=mg_l_from_ng_ml(_number(section, "EC50_ng_ml")),
        EC50_cv=_number(section, "EC50_cv"),
        gamma=_number(section, "gamma"),
    )


def _heart_rate(section: Table) -> HeartRateResponse:
    return HeartRateResponse(
        EC50=mg_l_from_ng_ml(_number(section, "EC50_ng_ml")),
        Emax=_number(section, "Emax_per_min"),
        Emax_cv=_number(section, "Emax_cv"),
    )


def _likelihood(sign: Sign, section: Table) -> Likelihood:
    return Likelihood(
        sign=sign,
        in_use=_switch(section, "in_use"),
        sd=_number(section, "sd"),
        slip=_number(section, "slip_share"),
        spacing_h=h_from_min(_number(section, "spacing_min")),
    )


def _fit(section: Table) -> FitLimits:
    return FitLimits(
        plausible_quantile=_number(section, "plausible_quantile"),
        largest_residual=_number(section, "largest_residual_sd"),
        false_alarms=_number(section, "false_alarm_share"),
        refresh_below=_number(section, "refresh_below_ess_share"),
    )


def _recovery(section: Table) -> RecoveryLevels:
    return RecoveryLevels(
        depth=_number(section, "depth"),
        alertness=_number(section, "alertness"),
        thinking=mg_l_from_ng_ml(_number(section, "thinking_ng_ml")),
    )


def _basis(section: Table) -> Iterator[Basis]:
    tables = _table(section, "basis")
    for name in tables:
        row = _table(tables, name)
        _check_keys(name, row, _BASIS)
        try:
            grade = Grade(_text(row, "grade"))
        except ValueError:
            raise _refused(f"{name}.grade", f"{row['grade']} is not a grade.") from None
        yield Basis(what=_text(row, "what"), source=_text(row, "source"), grade=grade)


def _section(raw: Table, name: str) -> Table:
    section = _table(raw, name)
    _check_keys(name, section, {*_SECTIONS[name], "basis"})
    return section


def _check_keys(name: str, table: Table, wanted: set[str]) -> None:
    for key in sorted(wanted ^ set(table)):
        fault = "is missing" if key in wanted else "is not a key that is known here"
        raise _refused(f"{name}.{key}", f"{key} {fault}.")


def _table(table: Table, key: str) -> Table:
    value = table.get(key)
    if not isinstance(value, dict):
        raise _refused(key, f"{key} is not a table.")
    return value


def _number(table: Table, key: str) -> float:
    value = table[key]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refused(key, f"{value!r} is not a number.")
    return float(value)


def _switch(table: Table, key: str) -> bool:
    value = table[key]
    if not isinstance(value, bool):
        raise _refused(key, f"{value!r} is neither true nor false.")
    return value


def _text(table: Table, key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise _refused(key, f"{key} is empty or not text.")
    return value.strip()


def _refused(field: str, message: str) -> RefusedError:
    return RefusedError.of(
        field=field, code="catalogue", message=message, mend="Correct catalogue/response.toml."
    )
