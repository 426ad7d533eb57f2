"""From a model to a program of plain arrays: names as indices, laws as tables, the network checked."""

from simulator.compiler.compile import Compiled as Compiled
from simulator.compiler.compile import compile_and_check as compile_and_check
from simulator.compiler.compile import compile_model as compile_model
from simulator.compiler.notes import Note as Note
from simulator.compiler.notes import Notes as Notes
from simulator.compiler.program import Program as Program
from simulator.compiler.window import Window as Window
