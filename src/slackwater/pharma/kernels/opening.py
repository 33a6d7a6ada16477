"""A pattern's record from its table; kept from the record, so that whoever names that needs no compiler."""

from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.pattern import Pattern, Places, Products


@kernel
def opened(table: Places) -> Pattern:
    """The pattern of a table, whose first numbers are its other fields in order.

    Handed to a kernel as one array, because taking a record apart would cost more than a person's curves.
    """
    return Pattern(
        table,
        table[0],
        table[1],
        table[2],
        table[3],
        table[4],
        table[5],
        _products(table, 6),
        _products(table, 10),
        _products(table, 14),
        table[18],
        table[19],
        table[20],
        _products(table, 21),
        _products(table, 25),
        table[29],
        table[30],
        table[31],
        table[32],
        table[33],
        table[34],
    )


@kernel
def _products(table: Places, at: int) -> Products:
    return Products(table[at], table[at + 1], table[at + 2], table[at + 3])
