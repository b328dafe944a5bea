"""The two pages that go with a folder of invented cases: what it is, and what is true of it."""

from collections.abc import Iterable, Mapping

from ringmap.training.folder import Row
from ringmap.training.scenario import Scenario


def tell_folder(
    scenarios: Mapping[str, Scenario], brokers: Iterable[Row], manifest: Mapping[str, object]
) -> dict[str, str]:
    """Texts by file name: README.md for everybody, truth/README.md for the trainer."""
    return {
        "README.md": _readme(manifest),
        "truth/README.md": _truth(scenarios, brokers),
    }


def _readme(manifest: Mapping[str, object]) -> str:
    return f"""# Invented cases

Everything in this folder is invented by `ringmap generate`: people, cases, agencies' files,
telephone numbers, plates, houses. Provinces, towns and gates are real places used as geography
only. A name may by chance be somebody's; no record here is about anybody.

    ringmap check .
    ringmap map . -o map.html
    ringmap brokers .

Read the case files first. What is true of them lies in `truth/`, which ringmap does not read
as records. Made with ringmap {manifest["ringmap"]}, seed {manifest["seed"]}: the same choices
give the same bytes again.
"""


def _truth(scenarios: Mapping[str, Scenario], brokers: Iterable[Row]) -> str:
    stories = []
    for _, scenario in sorted(scenarios.items()):
        stories.append(f"## {scenario.title['en']}\n\n{scenario.story['en']}\n")
    lines = [f"| {who} | {ring} | {rank} | {why} |" for who, ring, rank, _, why, *_ in brokers]
    table = "\n".join(["| who | ring | rank | why |", "| --- | --- | --- | --- |", *lines])
    shown = table if lines else "Nobody: there is no broker here."
    return f"""# What is true of these invented cases

For the trainer. `people.csv` says who is who and under which numbers the records have them;
`rings.csv` and `memberships.csv` who belongs together; `brokers.csv` who holds a ring together
and why; `identities.csv` the person behind each number and alias; `ties.csv` every tie there
was, with the number of records that tell of it (0: nobody recorded it); `errors.csv` what the
records have wrong on purpose.

{chr(10).join(stories)}
## Brokers (the first ones)

{shown}
"""
