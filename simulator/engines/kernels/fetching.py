"""Memory fetched before it is needed: the processor is told what will soon be asked for.

It changes no result. The instruction may name any address, so the place asked for need not exist.
"""

from typing import Any

from llvmlite import ir
from numba import config, types
from numba.extending import intrinsic

from simulator.compiler.program import Ints

READ, KEEP_IT_NEAR, DATA = 0, 3, 1


def fetch(world: Ints, place: int) -> None:
    """Do nothing where nothing is compiled."""


def fetch_line(typing: Any, world: Any, place: Any) -> Any:
    """Make the instruction that fetches the line of memory in which a place of an array stands."""

    def instruction(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, given[0])
        address = builder.gep(array.data, [given[1]])
        word = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [address.type, word, word, word])
        name = builder.module.globals.get("llvm.prefetch.p0")
        function = name or ir.Function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(function, [address, word(READ), word(KEEP_IT_NEAR), word(DATA)])
        return context.get_dummy_value()

    return types.void(world, types.intp), instruction


if not config.DISABLE_JIT:
    fetch = intrinsic(fetch_line)
