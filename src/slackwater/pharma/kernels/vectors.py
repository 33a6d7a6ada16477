"""A few patients' numbers as one value, so that the processor works on them at once.

A row of numbers, as long as the tuple `lanes`, is loaded, multiplied and stored as a whole: which
instructions come of it is written down here, and not left to a compiler's guess about a loop.

`fma` rounds once, as IEEE 754 says, so its digits are the same on every machine; written as a product and a
sum they would depend on whether a compiler joins the two. Without the compiler all of this is NumPy.
"""

# ruff: noqa: ARG001  # Numba fixes the signatures of intrinsics
import ctypes
import ctypes.util
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core.cgutils import get_or_insert_function
from numba.extending import intrinsic, models, register_model
from numpy.typing import NDArray

Lanes: TypeAlias = tuple[int, ...]
Reals: TypeAlias = NDArray[np.float64]
Row: TypeAlias = NDArray[np.float64]

ONE: Final = (0,)
FOUR: Final = (0, 0, 0, 0)
SIXTEEN: Final = (0,) * 16

_REGISTER_BYTES: Final = 32
# Adding this leaves the nearest whole number in the lowest bits of a float.
MAGIC: Final = 1.5 * 2.0**52
_MAGIC_BITS: Final = 0x4338000000000000
_ROOT_OF_HALF: Final = 0x3FE6A09E667F3BCD

if TYPE_CHECKING or numba.config.DISABLE_JIT:
    _libm = ctypes.CDLL(ctypes.util.find_library("m"))
    _double, _single = _libm.fma, _libm.fmaf
    _double.restype, _double.argtypes = ctypes.c_double, (ctypes.c_double,) * 3
    _single.restype, _single.argtypes = ctypes.c_float, (ctypes.c_float,) * 3

    def load(lanes: Lanes, array: Reals, at: int) -> Row:
        return array[at : at + len(lanes)].copy()

    def width_of(array: Reals) -> int:
        """How many numbers of this kind a register holds that every processor has."""
        return _REGISTER_BYTES // array.itemsize

    def load_whole(array: Reals, at: int) -> Row:
        return array[at : at + width_of(array)].copy()

    def entry(table: NDArray[np.int64], at: int) -> int:
        """One number of a table. Indices of arrays may be negative, and asking that each time costs more."""
        return int(table[at])

    def fill(lanes: Lanes, value: float) -> Row:
        return np.full(len(lanes), value)

    def store(array: Reals, at: int, row: Row) -> None:
        array[at : at + row.size] = row

    def stream(array: Reals, at: int, row: Row) -> None:
        """Like `store`, past the caches; `at` lies on a multiple of 32 bytes."""
        store(array, at, row)

    def settle() -> None:
        """Let every other thread see what was streamed."""

    def fma(a: Row, b: Row, c: Row) -> Row:
        """The product plus c, rounded once."""
        rounded = _single if a.dtype == np.float32 else _double
        return np.array([rounded(*each) for each in zip(a, b, c, strict=True)], dtype=a.dtype)

    def times(a: Row, b: Row) -> Row:
        return np.asarray(a * b)

    def over(a: Row, b: Row) -> Row:
        return np.asarray(a / b)

    def plus(a: Row, b: Row) -> Row:
        return np.asarray(a + b)

    def where_less(a: Row, b: Row, then: Row, otherwise: Row) -> Row:
        return np.where(a < b, then, otherwise)

    def times_power_of_two(row: Row, rounded: Row) -> Row:
        """Each number times 2**k, where `rounded` holds k + MAGIC and nothing leaves the normal range."""
        return (row.view(np.int64) + (rounded.view(np.int64) << 52)).view(np.float64)

    def power_of_two(row: Row) -> Row:
        """MAGIC + k for each number m * 2**k, with m from the root of a half to that of two."""
        return (((row.view(np.int64) - _ROOT_OF_HALF) >> 52) + _MAGIC_BITS).view(np.float64)

else:

    class _Row(types.Type):
        def __init__(self, dtype: types.Type, width: int) -> None:
            self.dtype, self.width = dtype, width
            super().__init__(name=f"Row({dtype}, {width})")

    @register_model(_Row)
    class _RowModel(models.PrimitiveModel):
        def __init__(self, data_models: Any, row: _Row) -> None:
            number = data_models.lookup(row.dtype).get_value_type()
            super().__init__(data_models, row, ir.VectorType(number, row.width))

    def _place(lowering, builder, signature, arguments, *, array: int, width: int):
        """The address of array[at : at + width], where `at` is the argument after the array."""
        made = lowering.make_array(signature.args[array])(lowering, builder, arguments[array])
        vector = ir.VectorType(made.data.type.pointee, width)
        return builder.bitcast(builder.gep(made.data, [arguments[array + 1]]), vector.as_pointer())

    @intrinsic
    def load(_context, lanes, array, at):
        row = _Row(array.dtype, len(lanes))

        def lower(lowering, builder, signature, arguments):
            place = _place(lowering, builder, signature, arguments, array=1, width=row.width)
            return builder.load(place, align=array.dtype.bitwidth // 8)

        return row(lanes, array, types.intp), lower

    @intrinsic
    def width_of(_context, array):
        width = 8 * _REGISTER_BYTES // array.dtype.bitwidth

        def lower(lowering, builder, signature, arguments):
            return ir.Constant(lowering.get_value_type(types.intp), width)

        return types.intp(array), lower

    @intrinsic
    def load_whole(_context, array, at):
        row = _Row(array.dtype, 8 * _REGISTER_BYTES // array.dtype.bitwidth)

        def lower(lowering, builder, signature, arguments):
            place = _place(lowering, builder, signature, arguments, array=0, width=row.width)
            return builder.load(place, align=array.dtype.bitwidth // 8)

        return row(array, types.intp), lower

    @intrinsic
    def entry(_context, table, at):
        def lower(lowering, builder, signature, arguments):
            made = lowering.make_array(signature.args[0])(lowering, builder, arguments[0])
            return builder.load(builder.gep(made.data, [arguments[1]]))

        return table.dtype(table, types.intp), lower

    @intrinsic
    def fill(_context, lanes, value):
        row = _Row(value, len(lanes))

        def lower(lowering, builder, signature, arguments):
            vector, first = lowering.get_value_type(row), ir.Constant(ir.IntType(32), 0)
            one = builder.insert_element(ir.Constant(vector, ir.Undefined), arguments[1], first)
            everywhere = ir.Constant(ir.VectorType(ir.IntType(32), row.width), [0] * row.width)
            return builder.shuffle_vector(one, one, everywhere)

        return row(lanes, value), lower

    @intrinsic
    def store(_context, array, at, row):
        def lower(lowering, builder, signature, arguments):
            place = _place(lowering, builder, signature, arguments, array=0, width=row.width)
            builder.store(arguments[2], place, align=row.dtype.bitwidth // 8)
            return lowering.get_dummy_value()

        return types.void(array, types.intp, row), lower

    @intrinsic
    def stream(_context, array, at, row):
        def lower(lowering, builder, signature, arguments):
            place = _place(lowering, builder, signature, arguments, array=0, width=row.width)
            stored = builder.store(arguments[2], place, align=row.width * row.dtype.bitwidth // 8)
            once = builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)])
            stored.set_metadata("nontemporal", once)
            return lowering.get_dummy_value()

        return types.void(array, types.intp, row), lower

    @intrinsic
    def settle(_context):
        def lower(lowering, builder, signature, arguments):
            builder.fence("seq_cst")
            return lowering.get_dummy_value()

        return types.void(), lower

    @intrinsic
    def fma(_context, a, b, c):
        def lower(lowering, builder, signature, arguments):
            vector = arguments[0].type
            name = f"llvm.fma.v{a.width}f{a.dtype.bitwidth}"
            call = ir.FunctionType(vector, [vector] * 3)
            return builder.call(get_or_insert_function(builder.module, call, name), arguments)

        return a(a, a, a), lower

    @intrinsic
    def times(_context, a, b):
        def lower(lowering, builder, signature, arguments):
            return builder.fmul(*arguments)

        return a(a, a), lower

    @intrinsic
    def over(_context, a, b):
        def lower(lowering, builder, signature, arguments):
            return builder.fdiv(*arguments)

        return a(a, a), lower

    @intrinsic
    def plus(_context, a, b):
        def lower(lowering, builder, signature, arguments):
            return builder.fadd(*arguments)

        return a(a, a), lower

    def _whole(row: _Row) -> ir.VectorType:
        return ir.VectorType(ir.IntType(64), row.width)

    def _everywhere(row: _Row, number: int) -> ir.Constant:
        return ir.Constant(_whole(row), [number] * row.width)

    @intrinsic
    def times_power_of_two(_context, row, rounded):
        def lower(lowering, builder, signature, arguments):
            bits, shift = (builder.bitcast(each, _whole(row)) for each in arguments)
            scaled = builder.add(bits, builder.shl(shift, _everywhere(row, 52)))
            return builder.bitcast(scaled, arguments[0].type)

        return row(row, row), lower

    @intrinsic
    def power_of_two(_context, row):
        def lower(lowering, builder, signature, arguments):
            bits = builder.bitcast(arguments[0], _whole(row))
            power = builder.ashr(builder.sub(bits, _everywhere(row, _ROOT_OF_HALF)), _everywhere(row, 52))
            shifted = builder.add(power, _everywhere(row, _MAGIC_BITS))
            return builder.bitcast(shifted, arguments[0].type)

        return row(row), lower

    @intrinsic
    def where_less(_context, a, b, then, otherwise):
        def lower(lowering, builder, signature, arguments):
            return builder.select(builder.fcmp_ordered("<", *arguments[:2]), *arguments[2:])

        return a(a, a, a, a), lower
