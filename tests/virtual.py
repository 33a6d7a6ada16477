"""Virtual patients for tests, who may not be as the crowd expects."""

import math
from dataclasses import replace

import numpy as np

from slackwater.pharma import crowd
from slackwater.pharma.draws import Stream
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.route import Route

MINUTES = (6, 14, 24, 36, 52, 75)
REGIMEN = Regimen((Dose(route=Route.IM, amount_mg=35.0),))


def ratings(
    population: crowd.Population, *, seed: int, bias: float = 0.0, scatter: float = 0.0, EC50: float = 1.0
) -> list[int]:
    """What one virtual patient says at MINUTES, by the catalogue's error.

    bias: marks by which every rating lies too high; scatter: SD by which it strays beyond what is known
    EC50: what this patient needs for half the depth, as a share of what the crowd would say
    """
    hours = np.array(MINUTES) / 60
    stream, error = Stream(5000 + seed), population.response.rating
    body = crowd.draw(_needing(population, EC50), n_subjects=1, seed=1000 + seed)
    depth = body.simulate(REGIMEN, hours, (Quantity.DEPTH,)).of(Quantity.DEPTH)[:, 0]
    sd = math.hypot(error.sd, scatter)
    said = np.round(depth + bias + sd * stream.normals(1, hours.size)[0])
    slips, anywhere = stream.uniforms(2 * hours.size).reshape(2, -1)
    said = np.where(slips < error.slip, np.floor(11 * anywhere), said)
    return [int(one) for one in np.clip(said, 0, 10)]


def _needing(population: crowd.Population, EC50: float) -> crowd.Population:
    response = population.response
    depth = replace(response.depth, EC50=EC50 * response.depth.EC50)
    return replace(population, response=replace(response, depth=depth))
