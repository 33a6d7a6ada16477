"""What the rules of the cabinet rest on. A field is the name of its row."""

from dataclasses import dataclass

from slackwater.rules.basis import Basis, Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLimits:
    """Rows S01, S05, C01, C02, C05, C06 and STK-01 to STK-16."""

    stock_one_strength: Basis
    stock_no_blockers: Basis
    stock_kept: Threshold
    stock_weekly: Threshold
    stock_inventory: Threshold
    stock_witness: Basis
    stock_loss: Threshold
    stock_held: Basis
    stock_one_patient: Basis
    stock_expiry: Basis
    stock_expires_soon: Threshold
    stock_open_long: Basis
    stock_not_here: Basis
    stock_return: Basis
    stock_times: Basis
    stock_counters: Basis
    stock_volume: Basis
    stock_whole: Basis
    stock_order: Basis
    stock_drawn: Basis
    stock_day: Basis
    stock_case: Basis
    stock_one_vial: Basis
    stock_reversal: Basis
