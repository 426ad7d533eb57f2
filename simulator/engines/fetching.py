"""Memory fetched before it is needed: the processor is told what will soon be asked for.

It changes no result. The instruction may name any address, so the place asked for need not exist.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from simulator.compiler.program import Ints
from simulator.engines.compiled import config

NAME = "llvm.prefetch.p0"
READ, KEEP_IT_NEAR, DATA = 0, 3, 1


def pass_by(world: Ints, place: int) -> None:
    """Do nothing where nothing is compiled."""


def fetching(world: Any) -> tuple[Any, Any]:
    """Make the instruction that fetches the line of memory in which a place of an array stands."""

    def instruction(context: Any, builder: Any, *call: Any) -> Any:
        signature, (array, place) = call
        address = builder.gep(context.make_array(signature.args[0])(context, builder, array).data, [place])
        word = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [address.type, word, word, word])
        function = builder.module.globals.get(NAME) or ir.Function(builder.module, kind, NAME)
        builder.call(function, [address, word(READ), word(KEEP_IT_NEAR), word(DATA)])
        return context.get_dummy_value()

    return types.void(world, types.intp), instruction


fetch: Any = pass_by if config.DISABLE_JIT else intrinsic(lambda typing, world, place: fetching(world))
