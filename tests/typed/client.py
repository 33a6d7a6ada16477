"""A user's program, never run: `make check` asks that each name of the engine has the type it is used with.

A name that had lost its type would be `Any`, which `assert_type` does not take for anything else.
"""

from collections.abc import Mapping
from typing import assert_type

import numpy as np
from numpy.typing import NDArray

from slackwater import pharma
from slackwater.catalogue.loader import load
from slackwater.pharma.kernels.effect import sigmoid_emax
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

Floats = NDArray[np.float64]

model = load().model("rk1")
assert_type(model, pharma.PublishedModel)
population = pharma.Population(
    model=model, response=load().response, person=pharma.Person(weight_kg=70.0), drug=Drug.RACEMIC
)
crowd = pharma.draw(population, n_subjects=100, seed=1)
assert_type(crowd, pharma.Crowd)
assert_type(crowd.weights, Floats)

regimen = pharma.parse_regimen(["iv 35 mg over 40 min"])
assert_type(regimen, pharma.Regimen)
curves = crowd.simulate(regimen, np.linspace(0.0, 4.0, 241))
assert_type(curves, pharma.Curves)
assert_type(curves.of(pharma.Quantity.KETAMINE_VENOUS), Floats)
assert_type(curves.band(pharma.Quantity.DEPTH, (5.0, 50.0, 95.0)), Floats)
assert_type(curves.summary(pharma.Quantity.DEPTH).Cmax, tuple[float, ...])

posterior = pharma.update(crowd, regimen, [pharma.Rating(at_h=0.5, depth=6)])
assert_type(posterior, pharma.Posterior)
assert_type(posterior.sentence, str)

people = pharma.individuals(model, population.person, Drug.RACEMIC, np.zeros((1, len(model.eta_names))))
assert_type(people["CL"], Floats)
conc = pharma.concentrations(model, people, Drug.RACEMIC, regimen, np.array([1.0]))
assert_type(conc.of(pharma.Analyte.KETAMINE, pharma.Site.VENOUS), Floats)

table = pharma.read_event_table("ID,TIME,AMT,EVID,CMT\n1,0,35,1,1\n", {"1": Route.IV})
assert_type(table.records, Mapping[str, pharma.EventRecord])
read = pharma.simulate_events(crowd, table.records["1"])
assert_type(read.band(pharma.Quantity.DEPTH), Floats)
assert_type(pharma.write_event_table(pharma.events_of(regimen, [0.0, 1.0])), str)

# Compiled, and its types are kept.
assert_type(sigmoid_emax(np.ones((2, 1)), np.ones(1), np.ones(1), 2.0), Floats)
