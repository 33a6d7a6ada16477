"""Random doses, people and grids for the engine's property tests."""

import numba
import numpy as np
from hypothesis import strategies as st

from slackwater.catalogue.published_models import read_models
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

MODELS = read_models()
RK1 = MODELS["rk1"]
N_SUBJECTS = 3
# Without the compiler every example takes some hundred times as long.
COMPILED = not numba.config.DISABLE_JIT

hours = st.floats(0, 3, allow_nan=False).map(lambda number: round(number, 6))
amounts = st.floats(0.1, 200)


@st.composite
def doses(draw, routes=tuple(Route), latest_h=3.0):
    route = draw(st.sampled_from(sorted(routes)))
    takes_time = route is Route.IV and draw(st.booleans())
    return Dose(
        route=route,
        amount_mg=draw(amounts),
        at_h=draw(hours) * latest_h / 3.0,
        duration_h=draw(st.floats(1e-3, 2)) if takes_time else 0.0,
    )


def regimens(most=3, **how):
    return st.lists(doses(**how), min_size=1, max_size=most).map(lambda many: Regimen(tuple(many)))


@st.composite
def crowds(draw, model=RK1, n_subjects=N_SUBJECTS):
    """A few virtual patients of one drug."""
    drug = draw(st.sampled_from(sorted(model.drugs)))
    seed = draw(st.integers(0, 2**32 - 1))
    z = np.random.default_rng(seed).standard_normal((n_subjects, len(model.eta_names)))
    weight_kg = draw(st.floats(40, 160))
    return drug, individuals(model, Person(weight_kg=weight_kg), Drug(drug), z)
