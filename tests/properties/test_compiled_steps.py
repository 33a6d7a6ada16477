"""Steps written out for one pattern give the digits of the step that reads its pattern from tables."""

import numpy as np
import pytest
from benchmarks import workload
from tests.properties.regimens import COMPILED
from tests.properties.write_steps import FOLDER, files

from slackwater.pharma import solution
from slackwater.pharma.step_source import name_of, source_of
from slackwater.pharma.steps import NO_STEP, Kind, address_of

TIME = workload.TIME[:91] if COMPILED else workload.TIME[:4]
FED_BY_ALL = tuple(tuple(range(14)) for _ in range(14))


def solved(people, **how):
    return solution.solve(
        workload.system(people), workload.inputs(people), workload.outputs(people), TIME, **how
    )


def test_the_files_are_what_make_steps_writes():
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py")}
    assert found == files(), "run `make steps` and read the difference"


@pytest.mark.parametrize("n_subjects", [1, 4, 5, 130])
def test_a_compiled_step_changes_no_digit(monkeypatch, n_subjects):
    people = workload.drawn(n_subjects)
    compiled = solved(people)
    monkeypatch.setattr(solution, "address_of", lambda *_: NO_STEP)
    assert compiled.any()
    assert (solved(people) == compiled).all()


@pytest.mark.skipif(not COMPILED, reason="without the compiler there are no compiled steps")
def test_w1_has_a_compiled_step():
    people = workload.drawn(1)
    found = []

    def note(rows, kind):
        found.append(address_of(rows, kind))
        return found[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solution, "address_of", note)
        solved(people)
    assert found[0] != NO_STEP


def test_a_crowd_of_one_has_the_digits_of_the_first_of_many():
    many = solved(workload.drawn(70))
    for n_subjects in (1, 3, 64, 65):
        assert (solved(workload.drawn(n_subjects)) == many[:, :, :n_subjects]).all()


def test_a_result_past_the_caches_has_the_digits_of_one_within_them(monkeypatch):
    people = workload.drawn(136)
    within = solved(people)
    monkeypatch.setattr(solution, "_WORTH_STREAMING_BYTES", 0)
    assert (solved(people) == within).all()


def test_a_pattern_too_large_for_our_own_rule_is_left_to_the_tables():
    assert source_of(FED_BY_ALL) is None
    assert address_of(FED_BY_ALL, Kind.WIDE) == NO_STEP
    assert name_of(FED_BY_ALL).startswith("step_14_")


@pytest.mark.parametrize("n_subjects", [3, 130])
def test_float32_comes_only_when_it_is_asked_for_and_is_right_to_four_digits(n_subjects):
    people = workload.drawn(n_subjects)
    double, single = solved(people), solved(people, single=True)
    assert double.dtype == np.float64
    assert single.dtype == np.float32
    error = np.abs(single - double) / np.maximum(double, 1e-6 * double.max(axis=1, keepdims=True))
    assert 0.0 < error.max() < 1e-4
