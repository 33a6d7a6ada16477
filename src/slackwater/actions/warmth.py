"""Compiling the engine's kernels before anybody waits for them."""

import threading

import numpy as np

from slackwater.actions import crowds
from slackwater.catalogue.loader import load
from slackwater.pharma.booster_plan import BoosterOffer, plan_booster
from slackwater.pharma.observe import Rating, update
from slackwater.pharma.plan import plan_doses
from slackwater.pharma.plan_grid import RouteGrid
from slackwater.pharma.plan_question import Question, TooDeep, Wish
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.recovered import recovered
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.rules.room.log import Opened
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex


def warm_up() -> threading.Thread:
    """Ask a small crowd one of everything, in a thread of its own."""
    thread = threading.Thread(target=ask_everything, name="warm-up", daemon=True)
    thread.start()
    return thread


def ask_everything() -> None:
    """What every room and order asks: draw, simulate, reweight, plan, bands and recovery."""
    nobody = Opened(
        model=load().default_model.id,
        drug=Drug.RACEMIC,
        seed=1,
        subjects=64,
        weight_g=70_000,
        age_years=40,
        sex=Sex.UNKNOWN,
        medicines=(),
        order="",
    )
    for route in load().default_model.routes:
        # Each way in has a step of its own.
        once = Regimen((Dose(route=route, amount_mg=30.0),))
        crowds.crowd_of(nobody).simulate(once, np.linspace(0.0, 8.0, 9), EFFECTS)
    regimen = Regimen((Dose(route=Route.IV, amount_mg=35.0, duration_h=0.5),))
    posterior = update(crowds.crowd_of(nobody), regimen, [Rating(at_h=0.5, depth=5)])
    question = Question(wish=Wish(depth=3.0, chance=0.5), too_deep=TooDeep(depth=9.0, chance=0.5))
    grid = RouteGrid(route=Route.IV, doses_mg=(35.0,), duration_h=0.5)
    plan_doses(posterior.crowd, question, (grid,), fewest=1.0)
    offer = BoosterOffer(route=Route.IV, amounts_mg=(10.0,), waits_min=(0,))
    plan_booster(posterior.crowd, regimen, question.limits, offer, now_h=0.5, fewest=1.0)
    curves = posterior.crowd.simulate(regimen, np.linspace(0.0, 8.0, 9), EFFECTS)
    curves.band(Quantity.DEPTH)
    recovered(curves)
