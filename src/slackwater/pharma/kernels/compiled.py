"""What the compiled steps in `steps` share, and how a kernel calls one by its address.

A step has the same arguments as `stepping.step_by_table` up to `is_streamed`.
"""

# ruff: noqa: ARG001  # Numba fixes the signatures of intrinsics
from typing import TYPE_CHECKING, Final, TypeVar

import numba
from llvmlite import ir
from numba import carray, types  # type: ignore[attr-defined]  # numba names it in no list
from numba.core.typing.templates import Signature
from numba.extending import intrinsic

from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.pattern import Places
from slackwater.pharma.kernels.vectors import (
    ONE,
    Reals,
    Row,
    entry,
    fma,
    load,
    load_whole,
    store,
    stream,
    times,
    width_of,
)

_NUMBERS = (types.intp,) * 5


def _step_on(number: types.Type) -> Signature:
    return types.void(types.CPointer(number), types.CPointer(number), types.CPointer(types.int64), *_NUMBERS)


STEP: Final = _step_on(types.float64)
STEP_SINGLE: Final = _step_on(types.float32)


@kernel
def row(w: Reals, at: int) -> Row:
    return load_whole(w, at)


@kernel
def more(w: Reals, at: int, x: Row, total: Row) -> Row:
    return fma(load_whole(w, at), x, total)


@kernel
def is_still(w: Reals, first: int, last: int) -> bool:
    """Whether nothing goes in while a step is taken: held states add nothing to any lane."""
    n_fed = 0
    for at in range(first, last):
        n_fed += w[at] != 0.0
    return n_fed == 0


@kernel
def put_out(
    work: Reals, out: Reals, reads: Places, n_out: int, later: int, here: int, is_streamed: int, n_lanes: int
) -> None:
    """Writes each output of every lane that stands for somebody, `later` places on."""
    for o in range(n_out):
        state, factor, to = entry(reads, 3 * o), entry(reads, 3 * o + 1), entry(reads, 3 * o + 2) + later
        if is_streamed == 1 and here == n_lanes:
            for lane in range(0, n_lanes, width_of(work)):
                stream(out, to + lane, times(row(work, state + lane), row(work, factor + lane)))
        elif here == n_lanes:
            for lane in range(0, n_lanes, width_of(work)):
                store(out, to + lane, times(row(work, state + lane), row(work, factor + lane)))
        else:
            for lane in range(here):
                store(out, to + lane, times(load(ONE, work, state + lane), load(ONE, work, factor + lane)))


if TYPE_CHECKING or numba.config.DISABLE_JIT:
    _Array = TypeVar("_Array")

    def array_at(pointer: _Array) -> _Array:
        """The array that begins there."""
        return pointer

    def call_step(
        address: int,
        work: Reals,
        out: Reals,
        reads: Places,
        n_out: int,
        n_steps: int,
        stride: int,
        here: int,
        is_streamed: int,
    ) -> None:
        """The compiled step at this address."""
        raise NotImplementedError("without the compiler every step is read from its pattern")

else:

    @kernel
    def array_at(pointer):
        return carray(pointer, (1,))

    @intrinsic
    def call_step(_context, address, work, out, reads, n_out, n_steps, stride, here, is_streamed):
        def lower(lowering, builder, signature, arguments):
            arrays = [
                lowering.make_array(signature.args[place])(lowering, builder, arguments[place]).data
                for place in (1, 2, 3)
            ]
            given = [*arrays, *arguments[4:]]
            step = ir.FunctionType(ir.VoidType(), [each.type for each in given]).as_pointer()
            builder.call(builder.inttoptr(arguments[0], step), given)
            return lowering.get_dummy_value()

        return types.void(types.intp, work, out, reads, *_NUMBERS), lower
