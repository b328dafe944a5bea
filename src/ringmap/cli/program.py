"""The program itself: what it is, and how it ends."""

import gc
import sys
from typing import Any

import click

from ringmap import __version__
from ringmap.errors import RingmapError

#: A command makes millions of small values and keeps most of them: looking them all over for
#: circles as often as Python does takes time and finds little.
_VALUES_BETWEEN_LOOKS = 100_000


class _OneLine(click.Group):
    """Turns what ringmap refuses into one line: exit code 2 for what is asked wrongly, else 1."""

    def invoke(self, context: click.Context) -> Any:
        gc.set_threshold(_VALUES_BETWEEN_LOOKS, 20, 20)
        try:
            return super().invoke(context)
        except RingmapError as error:
            click.echo(f"ringmap: {error}", err=True)
            context.exit(2 if error.asked_wrongly else 1)
        except MemoryError:
            click.echo("ringmap: not enough memory for this source; load less of it", err=True)
            context.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            context.exit(1)


@click.group(cls=_OneLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ringmap")
def main() -> None:
    """Explore human-trafficking rings: who connects whom, over which borders, by which records.

    SOURCE is a case folder, a single file, the address of a database, or a .ringmap store.
    Everything stays on this machine. Victims are shown under pseudonyms. Exit code 0: done,
    1: could not, 2: asked wrongly.
    """
