"""The two pages that go with a folder of invented cases: what it is, and what is true of it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from ringmap.training.register import Register
from ringmap.training.scenario import Scenario
from ringmap.training.world import Person, World

#: Of so many rings the page tells the story; the tables tell of all.
MOST_TOLD = 12


def tell_folder(
    scenarios: Mapping[str, Scenario], rings: Iterable[str], manifest: Mapping[str, object]
) -> dict[str, str]:
    """Texts by file name: README.md for everybody, truth/README.md for the trainer."""
    return {
        "README.md": _readme(manifest),
        "truth/README.md": _truth(scenarios, list(rings)),
    }


def tell_ring(world: World, register: Register, name: str, ring: int) -> str:
    """What a trainer needs to know of one ring: brokers by number, what is hidden or wrong."""
    members = [one for one in world.people if ring in one.rings]
    unknown = sum(not register.records_of.get(one.number) for one in members)
    lines = [
        f"### {name}",
        "",
        f"{len(members)} members, {unknown} of them in no record;"
        f" {sum(one.ring == ring for one in world.journeys)} journeys.",
        "",
    ]
    for rank, broker in enumerate(register.brokers.get(ring, ()), 1):
        lines.append(f"{rank}. **{_shown(register, broker.person)}** {broker.because}.")
    if not register.brokers.get(ring):
        lines.append("Nobody is a broker here.")
    lines += ["", *_traps(world, register, members)]
    return "\n".join(lines) + "\n"


def _traps(world: World, register: Register, members: list[Person]) -> Iterable[str]:
    cast = world.scenario.cast
    watched = [one for one in world.people if one.part in cast and cast[one.part].watched]
    if watched:
        yield f"- Much contact, and no broker: {_list(register, watched)}."
    twice = [one for one in members if len(register.records_of.get(one.number, ())) > 1]
    if twice:
        yield f"- Under more than one number: {_list(register, twice)}."
    errors = Counter(row[-1] for row in register.rows.errors)
    if errors:
        told = ", ".join(f"{kind} ({count})" for kind, count in sorted(errors.items()))
        yield f"- Wrong on purpose, see errors.csv: {told}."


def _list(register: Register, people: list[Person]) -> str:
    return "; ".join(_shown(register, one) for one in people)


def _shown(register: Register, person: Person) -> str:
    records = register.records_of.get(person.number)
    return f"{person.written} ({', '.join(records) if records else 'in no record'})"


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


def _truth(scenarios: Mapping[str, Scenario], rings: list[str]) -> str:
    stories = [
        f"## {scenario.title['en']}\n\n{scenario.story['en']}\n"
        for _, scenario in sorted(scenarios.items())
    ]
    told = "\n".join(rings[:MOST_TOLD]) or "There is no ring here, and no broker.\n"
    return f"""# What is true of these invented cases

For the trainer. `people.csv` says who is who and under which numbers the records have them;
`rings.csv` and `memberships.csv` who belongs together; `brokers.csv` who holds a ring together
and why; `identities.csv` the person behind each number and alias; `ties.csv` every tie there
was, with the number of records that tell of it (0: nobody recorded it); `errors.csv` what the
records have wrong on purpose.

{chr(10).join(stories)}
## Questions for trainees

1. Which rings are there, and who belongs to which?
2. Who holds each ring together, and which records say so?
3. Who has much contact and is no broker?
4. Which numbers stand for the same person?
5. Which documents contradict each other, and which would you believe?
6. Who is still missing, and who could know where?

## Answers, ring by ring (the first {MOST_TOLD})

{told}"""
