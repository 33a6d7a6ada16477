"""How the two-person check says a sum, a rate, a drug's name, and that a number is ten times off."""

from slackwater.terms.amounts import show_mg, show_ml
from slackwater.terms.drug import Drug
from slackwater.units import ug_from_ul, ul_from_ug

_FURTHEST = 4


def arithmetic(amount_ug: int, strength_ug_ml: int) -> str:
    """35 mg of 50 mg/mL is "35 mg ÷ 50 mg/mL = 0.7 mL"; "≈" where the volume is rounded."""
    volume = ul_from_ug(amount_ug, ug_ml=strength_ug_ml)
    try:
        sign = "=" if ug_from_ul(volume, ug_ml=strength_ug_ml) == amount_ug else "≈"
    except ValueError:
        sign = "≈"
    return f"{show_mg(amount_ug)} ÷ {show_mg(strength_ug_ml)}/mL {sign} {show_ml(volume)}"


def rate_of(ul_per_h: int) -> str:
    """1050 is "1.05 mL/h"."""
    return f"{show_ml(ul_per_h)}/h"


def off_by_tens(said: int, meant: int) -> str:
    """ "ten times" or "a tenth of" where a point slipped, "" where it did not; further slips too.

    Rounded volumes count: a point that slipped is within half a step of the last digit.
    """
    for places in range(1, _FURTHEST + 1):
        tens = 10**places
        if said and meant and said == meant * tens:
            return _TIMES[places]
        if said and meant and abs(said * tens - meant) * 2 < tens and said < meant:
            return _PARTS[places]
    return ""


_TIMES = {1: "ten times", 2: "a hundred times", 3: "a thousand times", 4: "ten thousand times"}
_PARTS = {1: "a tenth of", 2: "a hundredth of", 3: "a thousandth of", 4: "a ten-thousandth of"}


def in_tall_letters(drug: Drug) -> str:
    """The name with the letters tall that tell it from its neighbours (S04)."""
    return _TALL[drug]


_TALL = {Drug.RACEMIC: "racemic ketAMINE", Drug.ESKETAMINE: "ESketamine"}


def look_alike(text: str) -> str:
    """Which of the drugs that look or sound like ketamine this text names; empty where it names none."""
    plain = text.casefold()
    return next((tall for stem, tall in _LOOK_ALIKES.items() if stem in plain), "")


# As S04 has them; the letters that differ stand tall.
_LOOK_ALIKES = {"ketoprofen": "ketOPROFEN", "ketorolac": "ketOROLAC", "cerebyx": "CEREBYX"}
