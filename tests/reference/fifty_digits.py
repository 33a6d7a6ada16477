"""The two models once more, from their equations, in 50-digit arithmetic.

Written apart from the engine and in another way: each input is followed alone through its own small system by
mpmath's matrix exponential, and the answers are added.
"""

from dataclasses import dataclass
from functools import cache

from mpmath import expm, matrix, mp, mpf

from slackwater.pharma.analyte import Analyte, Site
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

DIGITS = 50
MOUTH = {
    Route.NASAL_DEVICE: "device",
    Route.NASAL_SOLUTION: "solution",
    Route.LOZENGE: "lozenge",
    Route.FILM: "film",
}


@dataclass
class Flow:
    """One depot's worth: an amount, given from start over duration, absorbed at ka (None: straight in)."""

    amount: mpf
    start: mpf
    duration: mpf
    ka: mpf | None
    shares: dict[str, mpf]


class Reference:
    """Concentrations of one virtual patient; `p` gives a parameter by name as a float."""

    def __init__(self, p, doses):
        self.p = lambda name: mpf(float(p(name)))
        self.doses = doses
        self.amounts_at = cache(self.amounts)

    def conc(self, analyte, site, hours):
        with mp.workdps(DIGITS):
            state, volume = self.place(analyte, site)
            return self.amounts_at(hours)[state] / self.p(volume)

    def amounts(self, hours):
        """Every state's amount from all doses together."""
        flows = [flow for dose in self.doses for flow in self.flows(dose)]
        followed = [self.follow(flow, mpf(hours)) for flow in flows]
        return {state: sum((each[state] for each in followed), mpf(0)) for state in self.states}

    def follow(self, flow, hours):
        """Every state's amount from this input alone."""
        names = ["depot", *self.states, "one"]
        zero = dict.fromkeys(names, mpf(0))
        if hours < flow.start:
            return zero
        A = matrix(len(names))
        at = names.index
        for (source, target), rate in self.rates().items():
            A[at(target), at(source)] += rate
        for state, rate in self.losses().items():
            A[at(state), at(state)] -= rate
        if flow.ka is not None:
            A[at("depot"), at("depot")] = -flow.ka
            for state, share in flow.shares.items():
                A[at(state), at("depot")] += flow.ka * share
        entry = "depot" if flow.ka is not None else next(iter(flow.shares))
        x = matrix(len(names), 1)
        if flow.duration == 0:
            x[at(entry)] = flow.amount
            x = expm(A * (hours - flow.start)) * x
        else:
            filling = min(hours, flow.start + flow.duration) - flow.start
            B = A.copy()
            B[at(entry), at("one")] = flow.amount / flow.duration
            x[at("one")] = 1
            x = expm(B * filling) * x
            x[at("one")] = 0
            x = expm(A * (hours - flow.start - filling)) * x
        return {name: x[at(name)] for name in names}

    def exchange(self, rates, losses, one, other, flow, volumes):
        for source, target, volume in ((one, other, volumes[0]), (other, one, volumes[1])):
            rates[source, target] = self.p(flow) / self.p(volume)
            losses[source] = losses.get(source, mpf(0)) + self.p(flow) / self.p(volume)


class Arterial(Reference):
    states = ("c", "p2", "p3", "venous", "effect", "nk", "nkp")

    def __init__(self, p, doses, drug, form):
        super().__init__(p, doses)
        self.drug, self.form = drug, form

    def place(self, analyte, site):
        if analyte in (Analyte.S_NORKETAMINE, Analyte.R_NORKETAMINE):
            return "nk", "V_nk"
        return {Site.ARTERIAL: "c", Site.VENOUS: "venous", Site.EFFECT: "effect"}[site], "V1"

    def clearance(self):
        return self.p("CL") * self.p(f"CL_factor_{self.form}")

    def rates(self):
        rates = {("c", "nk"): self.clearance() / self.p("V1")}
        losses = {}
        self.exchange(rates, losses, "c", "p2", "Q2", ("V1", "V2"))
        self.exchange(rates, losses, "c", "p3", "Q3", ("V1", "V3"))
        self.exchange(rates, losses, "nk", "nkp", "Q_nk", ("V_nk", "Vp_nk"))
        rates["c", "venous"] = self.p("k_venous")
        rates["c", "effect"] = self.p("ke0")
        return rates

    def losses(self):
        losses = {"c": self.clearance() / self.p("V1"), "nk": self.p("CL_nk") / self.p("V_nk")}
        self.exchange({}, losses, "c", "p2", "Q2", ("V1", "V2"))
        self.exchange({}, losses, "c", "p3", "Q3", ("V1", "V3"))
        self.exchange({}, losses, "nk", "nkp", "Q_nk", ("V_nk", "Vp_nk"))
        return losses | {"venous": self.p("k_venous"), "effect": self.p("ke0")}

    def flows(self, dose):
        p, start = self.p, mpf(dose.at_h)
        amount = mpf(dose.amount_mg) * (mpf("0.5") if self.drug is Drug.RACEMIC else 1)
        F = p(f"F_oral_{self.drug}")
        swallowed = {"c": F, "nk": (1 - F) * p("first_pass_yield")}
        if dose.route is Route.IV:
            return [Flow(amount, start, mpf(dose.duration_h), None, {"c": mpf(1)})]
        if dose.route is Route.IM:
            return [Flow(amount * p("F_im"), start, mpf(0), p("ka_im"), {"c": mpf(1)})]
        if dose.route is Route.ORAL:
            return [Flow(amount, start, p("D_oral"), p("ka_oral"), swallowed)]
        name = MOUTH[dose.route]
        f, rest, mucosal_h = p(f"{name}_f_mucosal"), mpf(1), mpf(0)
        if dose.route is Route.NASAL_DEVICE:
            n = max(mpf(dose.amount_mg) / p("device_spray_mg"), mpf(1))
            f *= (1 + (n - 1) * p("device_later_sprays")) / n
        else:
            mucosal_h = p(f"{name}_D_mucosal")
        if dose.route is Route.NASAL_SOLUTION:
            rest = p("solution_f_swallowed") / (p("solution_f_swallowed") + p("solution_f_lost"))
        ka, D = p(f"{name}_ka_swallowed"), p(f"{name}_D_swallowed")
        return [
            Flow(amount * f, start, mucosal_h, p(f"{name}_ka_mucosal"), {"c": mpf(1)}),
            Flow(amount * (1 - f) * rest, start, D, ka, swallowed),
        ]


class HepatoPortal(Reference):
    states = ("c", "p1", "p2", "liver", "effect", "nk", "nkp")

    def place(self, analyte, site):
        if analyte is Analyte.S_NORKETAMINE:
            return "nk", "V_nk"
        return ("effect" if site is Site.EFFECT else "c"), "Vc"

    def rates(self):
        rates = {("liver", "nk"): self.p("kmet"), ("c", "effect"): self.p("ke0")}
        self.exchange(rates, {}, "c", "p1", "Q1", ("Vc", "Vp1"))
        self.exchange(rates, {}, "c", "p2", "Q2", ("Vc", "Vp2"))
        self.exchange(rates, {}, "c", "liver", "Qh", ("Vc", "Vh"))
        self.exchange(rates, {}, "nk", "nkp", "Q_nk", ("V_nk", "Vp_nk"))
        return rates

    def losses(self):
        losses = {"liver": self.p("kel") + self.p("kmet"), "nk": self.p("CL_nk") / self.p("V_nk")}
        self.exchange({}, losses, "c", "p1", "Q1", ("Vc", "Vp1"))
        self.exchange({}, losses, "c", "p2", "Q2", ("Vc", "Vp2"))
        self.exchange({}, losses, "c", "liver", "Qh", ("Vc", "Vh"))
        self.exchange({}, losses, "nk", "nkp", "Q_nk", ("V_nk", "Vp_nk"))
        return losses | {"effect": self.p("ke0")}

    def flows(self, dose):
        p, start, amount = self.p, mpf(dose.at_h), mpf(dose.amount_mg)
        into_liver = {"liver": mpf(1)}
        if dose.route is Route.IV:
            return [Flow(amount, start, mpf(dose.duration_h), None, {"c": mpf(1)})]
        if dose.route is Route.ORAL:
            return [Flow(amount * p("Fgut"), start, p("D_oral"), p("ka_oral"), into_liver)]
        n = max(amount / p("spray_mg"), mpf(1))
        f = p("FRn") * (1 + (n - 1) * p("FRn_later_sprays")) / n
        swallowed = amount * (1 - f) * p("Fgut")
        return [
            Flow(amount * f, start, mpf(0), p("ka_n"), {"c": mpf(1)}),
            Flow(swallowed, start, p("D_swallowed"), p("ka_swallowed"), into_liver),
        ]
