"""A profile: figures of a country and time that invented cases are to reproduce."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ringmap.model import Setting, load_words
from ringmap.training.scenario import list_scenarios
from ringmap.training.settings import list_shipped, read_own, read_shipped, read_texts

Years = tuple[int, int]


@dataclass(frozen=True, slots=True)
class VictimShares:
    """What the victims of some years have in common; None where nothing is said."""

    under_16: float | None
    under_18: float | None
    outcomes: Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile file; ``setting`` is the whole of it, for the targets."""

    code: str
    title: Mapping[str, str]
    country: str
    years: Mapping[int, tuple[int, int, int]]
    mixtures: tuple[tuple[Years, Mapping[str, float]], ...]
    shares: tuple[tuple[Years, VictimShares], ...]
    setting: Setting

    def scenarios(self) -> tuple[str, ...]:
        """Every scenario of any year, sorted."""
        return tuple(sorted({code for _, weights in self.mixtures for code in weights}))

    def mixture(self, year: int) -> Mapping[str, float]:
        """Weights of the scenarios in a year."""
        return next(weights for years, weights in self.mixtures if years[0] <= year <= years[1])

    def victims(self, year: int) -> VictimShares:
        """What the victims of a year have in common."""
        for years, shares in self.shares:
            if years[0] <= year <= years[1]:
                return shares
        return VictimShares(None, None, None)


def list_profiles() -> tuple[str, ...]:
    """Codes of the profiles that come with ringmap, in the order of the alphabet."""
    return list_shipped("profiles")


def load_profile(name: str) -> Profile:
    """A profile by its code, or from a YAML file of one's own.

    Raises
    ------
    InventionError
        If there is no such profile.
    ScenarioError
        If the file says something that cannot be, with its line.
    """
    if name in list_profiles():
        return _shipped_profile(name)
    return _profile(Path(name).stem, read_own("profile", name, list_profiles()))


@cache
def _shipped_profile(code: str) -> Profile:
    return _profile(code, read_shipped(f"profiles/{code}.yaml"))


def _profile(code: str, root: Setting) -> Profile:
    said = root.fields(
        ("title", "country", "sources", "years", "mixture", "targets"), ("victims", "assumed")
    )
    years = {_year(key, one): _counts(one) for key, one in said["years"].items()}
    mixtures = tuple(_mixture(one) for one in said["mixture"].elements())
    for year, one in zip(years, said["years"].items(), strict=True):
        if not any(first <= year <= last for (first, last), _ in mixtures):
            raise one[1].expected(f"a mixture for the year {year}")
    shares = tuple(_shares(one) for one in said["victims"].elements()) if "victims" in said else ()
    title = read_texts(said["title"])
    return Profile(code, title, said["country"].text(), years, mixtures, shares, root)


#: More than any country counts in a year, and a bound for the time that a profile takes.
_MOST, _MOST_A_CASE = 20_000, 200


def _year(key: str, value: Setting) -> int:
    if not (key.isascii() and key.isdecimal() and len(key) == 4) or not 1990 <= int(key) <= 2040:
        raise value.expected(f"a year from 1990 to 2040 before ':' (not '{key}')")
    return int(key)


def _counts(setting: Setting) -> tuple[int, int, int]:
    numbers = [one.whole(1, _MOST) for one in setting.elements()]
    if len(numbers) != 3:
        raise setting.expected("cases, offenders and victims such as [328, 607, 966]")
    cases, accused, victims = numbers
    if accused < cases or victims < cases:
        raise setting.expected("at least one offender and one victim for each case")
    if max(accused, victims) > _MOST_A_CASE * cases:
        raise setting.expected(f"at most {_MOST_A_CASE} offenders and victims for each case")
    return cases, accused, victims


def _mixture(setting: Setting) -> tuple[Years, Mapping[str, float]]:
    said = setting.fields(("years", "scenarios"))
    weights = said["scenarios"].weights(list_scenarios())
    return said["years"].whole_span(1990, 2040), {code: weights[code] for code in sorted(weights)}


def _shares(setting: Setting) -> tuple[Years, VictimShares]:
    said = setting.fields(("years",), ("under_16", "under_18", "returned", "ways"))
    under_16 = said["under_16"].share() if "under_16" in said else None
    under_18 = said["under_18"].share() if "under_18" in said else None
    if under_16 is not None and under_18 is not None and under_18 < under_16:
        raise said["under_18"].expected("a share that is not below 'under_16'")
    outcomes = None
    if "returned" in said:
        returned = said["returned"].share()
        ways = (
            said["ways"].weights(load_words("victim_status"))
            if "ways" in said
            else {"handed_over": 1.0}
        )
        total = sum(ways.values())
        outcomes = {way: returned * weight / total for way, weight in ways.items()}
        outcomes |= {"missing": (1 - returned) * 0.9, "located": (1 - returned) * 0.1}
    return said["years"].whole_span(1990, 2040), VictimShares(under_16, under_18, outcomes)
