"""The child from its start to its end: bytes come in, JSON lines go out."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import BinaryIO

from .answers import Answers
from .bounds import Bounds
from .confinement import confine
from .database import read_database
from .graphs import read_graph
from .refusal import RefusalError, damaged
from .spreadsheet import read_spreadsheet

#: Exit code of a child whose memory did not suffice.
OUT_OF_MEMORY = 71
#: What can be read apart: a reader takes all bytes of a file and answers in lines.
READERS: Mapping[str, Callable[[bytes, Bounds, Answers], None]] = {
    "spreadsheet": read_spreadsheet,
    "graph": read_graph,
    "database": read_database,
}


def main() -> None:
    """Read one file from standard input and end the process.

    The first line is a JSON object with `form`, `seconds` and `limits`; the file follows.
    The last line that goes out is ``["end"]`` or ``["refused", reason, hint, row, column]``;
    without either the answer is not complete.
    """
    order = json.loads(sys.stdin.buffer.readline(65_536))
    confine(int(order["limits"]["memory_bytes"]), float(order["seconds"]))
    try:
        _answer(READERS[order["form"]], sys.stdin.buffer, Bounds(order["limits"]))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)  # taking a large table down piece by piece would only cost time


def _answer(
    reader: Callable[[bytes, Bounds, Answers], None], source: BinaryIO, bounds: Bounds
) -> None:
    answers = Answers(sys.stdout.buffer)
    try:
        reader(source.read(), bounds, answers)
        answers.say("end")
    except RefusalError as error:
        answers.say("refused", error.reason, error.hint, error.row, error.column)
    except MemoryError:
        raise
    except Exception as error:  # whatever the damage upsets, the parent is told in words
        fault = damaged(f"it cannot be read ({type(error).__name__})")
        answers.say("refused", fault.reason, fault.hint, None, None)
    answers.flush()
