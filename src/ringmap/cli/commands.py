"""All commands of the program."""

from ringmap.cli import (
    doubt,
    evolution,
    findings,
    inventions,
    links,
    pages,
    records,
    removal,
    rings,
    routes,
    stages,
)
from ringmap.cli.program import main

for command in (
    records.check, records.load, records.formats,
    findings.brokers, findings.borders, rings.rings, findings.path,
    routes.routes, stages.stages, links.links,
    removal.keyplayers, removal.removal,
    doubt.doubt, evolution.evolution,
    pages.demo, pages.draw, pages.report, pages.export,
    inventions.generate, inventions.calibrate,
):  # fmt: skip
    main.add_command(command)

__all__ = ["main"]
