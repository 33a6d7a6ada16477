"""Writes the compiled steps of the patterns that the engine meets: python -m tests.properties.write_steps"""

from pathlib import Path

import numpy as np
from benchmarks import workload

from slackwater.catalogue.published_models import read_models
from slackwater.pharma import solution
from slackwater.pharma.analyte import Site
from slackwater.pharma.disposition import concentrations, measurements
from slackwater.pharma.kernels import steps
from slackwater.pharma.layout import Rows
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.step_source import index_of, name_of, source_of
from slackwater.pharma.steps import NO_STEP, Kind

FOLDER = Path(steps.__file__).parent
TIME_H = np.array([0.0, 1.0])


def files() -> dict[str, str]:
    """The text of every file of the folder, by name."""
    texts = {name_of(rows): source_of(rows) for rows in patterns()}
    written = {name: text for name, text in texts.items() if text is not None}
    return {"__init__.py": index_of(list(written)), **{f"{name}.py": text for name, text in written.items()}}


def patterns() -> set[Rows]:
    """Of W1, and of every model's doses by one route: for effects alone, and for everything it has."""
    met: set[Rows] = set()

    def note(rows: Rows, _kind: Kind) -> int:
        met.add(rows)
        return NO_STEP

    found, solution.address_of = solution.address_of, note
    try:
        ask()
    finally:
        solution.address_of = found
    return met


def ask() -> None:
    one = workload.drawn(1)
    solution.solve(workload.system(one), workload.inputs(one), workload.outputs(one), TIME_H)
    for model in read_models().values():
        for drug in model.drugs:
            people = individuals(model, Person(weight_kg=70.0), drug, np.zeros((1, len(model.eta_names))))
            everything = measurements(model, drug)
            effects = [each for each in everything if each[1] is Site.EFFECT]
            for wanted in filter(None, (effects, everything)):
                for route in model.routes:
                    dose = Dose(route=route, amount_mg=30.0)
                    concentrations(model, people, drug, Regimen((dose,)), TIME_H, wanted)


def main() -> None:
    texts = files()
    for path in FOLDER.glob("*.py"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(texts) - 1} steps in {FOLDER.name}/")  # noqa: T201  # a command's answer


if __name__ == "__main__":
    main()
