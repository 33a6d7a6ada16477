"""Bad input: exit code 2, one line a problem naming field and mend, nothing printed, no traceback."""

import pytest

GOOD = ("iv 35 mg over 40 min", "--weight", "70", "--typical", "--until", "1h")


def doses(*texts):
    return (*texts, "--weight", "70", "--typical")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (doses("iv 35 over 40 min"), "dose: “35” has no unit. Write 35 mg"),
        (doses("iv 35 ml"), "dose: “ml” is not a unit"),
        (doses("iv 0,5 mg"), "dose: 0,5 has a comma in it. Write 0.5, not 0,5."),
        (doses("iv -35 mg"), "dose: -35 has a sign."),
        (doses("iv nan mg"), "dose: nan is not a finite number."),
        (doses("iv inf mg"), "dose: inf is not a finite number."),
        (doses("iv 1e9 mg"), "dose: 1e9 uses an exponent."),
        (doses("iv .5 mg"), "Write 0.5."),
        (doses("iv 35000 mg over 40 min"), "Check mg and mcg: was 35 mg meant?"),
        (doses("iv 35 mcg over 40 min"), "Check mg and mcg: was 35 mg meant?"),
        (doses("nasal-device 56000 mg"), "Check mg and mcg: was 56 mg meant?"),
        (doses("rectal 50 mg"), "dose: “rectal” is not a route."),
        (doses("iv 35 mg at 9 h"), "Give --until a later time."),
        ((*GOOD[:1], "--weight", "301"), "weight: 301 kg is too high. It must be between 20 and 300 kg."),
        ((*GOOD[:1], "--weight", "70kg"), "weight: "),
        ((*GOOD, "--age", "17"), "age: 17 years is too low. It must be between 18 and 120 years."),
        ((*GOOD, "--model", "rk9"), "model: There is no model “rk9”. Choose one of rk1, clements-1981"),
        (
            (*GOOD, "--model", "rk1:1.5"),
            "model: “1.5” is not a share of a crowd. Write a number between 0 and 1",
        ),
        ((*GOOD, "--model", "rk1:nan"), "model: “nan” is not a share of a crowd."),
        (
            (*GOOD, "--model", "rk1:0.7", "--model", "perez-ruixo-2021"),
            "model: Some models have a share and others have none. Give every model its share.",
        ),
        (
            (*GOOD, "--model", "rk1:0.7", "--model", "perez-ruixo-2021:0.4"),
            "model: The models' shares add up to 1.1. Give shares that add up to 1",
        ),
        ((*GOOD, "--model", "rk1:0.5", "--model", "rk1:0.5"), "model: The model rk1 is named twice."),
        (
            ("im 20 mg", "--weight", "70", "--model", "rk1:0.5", "--model", "perez-ruixo-2021:0.5"),
            "route: The model perez-ruixo-2021 has no im route.",
        ),
        ((*GOOD, "--causes"), "causes: The typical person alone has no band to split."),
        ((*GOOD, "--subjects", "10000000"), "subjects: 10000000 is too high."),
        ((*GOOD, "--medicine", "clarithromicin"), "Did you mean clarithromycin?"),
        ((*GOOD, "--subjects", "0"), "subjects: 0 is too low."),
        ((*GOOD, "--seed", "1.5"), "seed: 1.5 has 1 decimals. Write a whole number."),
        ((*GOOD, "--until", "8"), "until: “8” has no unit of time."),
        ((*GOOD, "--until", "800h"), "until: 800h is outside the range. It must be between"),
        ((*GOOD, "--step", "0s"), "step: 0s is outside the range."),
        ((*GOOD, "--plot", "curve.pdf"), "plot: curve.pdf ends neither in .png nor in .svg."),
        ((*GOOD, "--output", "no-such-folder/curve.txt"), "output: no-such-folder/curve.txt: No such file"),
        ((*GOOD, "--plot", "no-such-folder/curve.svg"), "plot: no-such-folder/curve.svg: No such file"),
        (
            ("im 20 mg", "--weight", "70", "--model", "perez-ruixo-2021"),
            "route: The model perez-ruixo-2021 has no im route. It has iv, nasal-device, oral",
        ),
        (
            (*GOOD, "--model", "perez-ruixo-2021", "--drug", "racemic"),
            "drug: The model perez-ruixo-2021 has no racemic ketamine. It has esketamine",
        ),
    ],
)
def test_a_refusal_names_field_and_mend(cli, words, said):
    ran = cli("simulate", *words)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_nothing_is_printed_when_a_dose_is_refused(cli):
    assert cli("simulate", *doses("iv 35 mg over 40 min", "iv 35")).out == b""


def test_every_dose_that_cannot_be_read_is_named(cli):
    ran = cli("simulate", *doses("iv 35", "im 0,5 mg", "iv 10 mg"))
    assert ran.err.count("\n") == 2
    assert "“35” has no unit" in ran.err
    assert "0,5 has a comma" in ran.err


def test_a_crowd_too_large_for_memory_is_refused_before_it_is_drawn(cli):
    ran = cli("simulate", GOOD[0], "--weight", "70", "--subjects", "1000000")
    assert ran.code == 2
    assert "do not fit in memory" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("simulate",),
        ("simulate", GOOD[0]),
        ("simulate", *GOOD, "--sex", "x"),
        ("simulate", *GOOD, "--format", "xml"),
        ("simulate", *GOOD, "--no-such-option"),
        ("no-such-command",),
    ],
)
def test_a_mistyped_command_ends_with_the_same_code(cli, words):
    ran = cli(*words)
    assert ran.code == 2
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_table_that_cannot_be_read_is_refused(cli, name):
    ran = cli("score", name)
    assert ran.code == 2
    assert ran.err.startswith(f"file: {name}: ")


def test_a_table_that_is_not_text_is_refused(cli, tmp_path):
    file = tmp_path / "table.csv"
    file.write_bytes(b"row_id,\xff\xfe\n")
    assert "is not UTF-8 text" in cli("score", str(file)).err


def test_a_table_without_its_columns_names_each(cli, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("row_id,route,drug_given,dose_mg\n", encoding="utf-8")
    ran = cli("score", str(file))
    assert ran.code == 2
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["regimen", "weight_kg", "analyte"]
