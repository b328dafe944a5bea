"""A journey step by step: who does what to whom, where, on which day, for how much."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from ringmap.model import load_words
from ringmap.training.casting import (
    Ring,
    make_place,
    make_victims,
    people_of,
    replace_person,
    town_place,
)
from ringmap.training.chance import Chance, Weighted
from ringmap.training.premises import is_water
from ringmap.training.scenario import (
    HOME,
    LASTS,
    RELATIVE,
    VICTIM,
    Part,
    Price,
    Route,
    Scenario,
    Spot,
    Step,
    WholeBounds,
)
from ringmap.training.world import (
    Act,
    CasePlan,
    Journey,
    Person,
    Place,
    Tie,
    World,
    tie_people,
    year_of,
)

#: Somebody turns to the partner they know in so many of all cases.
LOYALTY = 0.8
_RETURNED = frozenset({"returned_alone", "rescued", "handed_over"})
_FOUND = _RETURNED | {"located", "supported"}
#: Events that bring somebody from one place to another.
MOVES = frozenset({"transported", "crossed_border"})
_NOT_TO_VICTIM = frozenset({"demanded_ransom", "paid", "met"})


def make_journey(
    world: World, ring: Ring, case: CasePlan, home: Spot, together: int, day: int
) -> None:
    """Some victims and what was done to them; a few recruit for the ring later."""
    route = _choose_route(world, home, day)
    victims = make_victims(world, ring, case, home, together, day)
    journey = Journey(len(world.journeys), ring.number, route, home, victims)
    world.journeys.append(journey)
    case.journeys.append(journey)
    walk = _Walk(world, ring, case, journey, day)
    for stride in _strides(world.scenario, route):
        walk.take(stride)
    turned = world.scenario.victims.turned
    for victim in victims:
        _bring_back(world, journey, victim, case.opened)
        if turned and victim.outcome in _RETURNED and world.chance.happens(turned):
            _turn(world, ring, victim)


def _bring_back(world: World, journey: Journey, victim: Person, opened: int) -> None:
    """When a victim was free again, or found: whatever lasted ends on that day at the latest."""
    if victim.outcome not in _FOUND:
        return
    alone = len(journey.victims) == 1
    acts = journey.acts if alone else [act for act in journey.acts if victim in act.victims]
    last = max([act.day for act in acts], default=opened - 30)
    back = max(last + 2, min(last + world.chance.between(15, 700), opened + 300))
    victim.back = back
    for act in acts:
        if act.end > back:
            act.end = back
    for tie in journey.ties:
        if tie.last > back and tie.target is victim:
            tie.last = back


def _turn(world: World, ring: Ring, victim: Person) -> None:
    """A victim who came back and now takes the part of those who took her away."""
    part = world.scenario.cast[world.scenario.journey[0].by]
    if part.per == "ring":
        ring.parts.setdefault(part.key, []).append(victim)
        victim.roles = (part.role,)


def _choose_route(world: World, home: Spot, day: int) -> Route:
    """A route of the year; those that pass the victims' own province twenty times as often."""
    return world.chance.weigh(_fitting_routes(world.scenario, home.province, year_of(day)))


@lru_cache(maxsize=10_000)
def _fitting_routes(scenario: Scenario, province: str, year: int) -> Weighted[Route]:
    routes = scenario.routes
    fitting = [one for one in routes if one.years[0] <= year <= one.years[1]]
    if not fitting:
        fitting = [min(routes, key=lambda one: abs(one.years[0] - year))]
    return Weighted({one: one.share * (20 if province in one.provinces else 1) for one in fitting})


@dataclass(frozen=True, slots=True)
class _Stride:
    """A step on a route, with all that does not change from journey to journey."""

    step: Step
    part: Part
    #: How often, after how many days and for how long: the least, and the number of choices.
    repeat: WholeBounds
    after: WholeBounds
    days: WholeBounds
    buyer: Part | None
    payer: Part | None
    #: Whether it is done to each victim alone: it lasts, or leads to a house of hers.
    alone: bool
    moves: bool
    #: The kind of tie that it makes between its actor and a victim; "" if none.
    tie: str


@lru_cache(maxsize=1000)
def _strides(scenario: Scenario, route: Route) -> tuple[_Stride, ...]:
    """The steps of a route in their order."""
    steps = (one for one in scenario.journey if not one.routes or route.name in one.routes)
    return tuple(_stride(scenario, route, step) for step in steps)


def _stride(scenario: Scenario, route: Route, step: Step) -> _Stride:
    cast, sites = scenario.cast, route.sites
    buyer = cast[step.buyer] if step.buyer else None
    payer = cast[step.payer] if step.payer and step.payer != RELATIVE else None
    own_buyer = buyer is not None and buyer.per == VICTIM
    own_house = step.to in sites and sites[step.to].each == VICTIM
    alone = step.days[1] >= LASTS or own_buyer or own_house
    tie = str(load_words("event")[step.do].says.get("tie") or "")
    tie = "" if tie in _NOT_TO_VICTIM else tie
    return _Stride(
        step, cast[step.by], _span(step.repeat), _span(step.after), _span(step.days), buyer, payer,
        alone, step.do in MOVES, tie,
    )  # fmt: skip


def _span(bounds: WholeBounds) -> WholeBounds:
    low, high = bounds
    return low, high - low + 1


#: Some victims, and who does to them what comes next.
_Groups: TypeAlias = list[tuple[Person, list[Person]]]


class _Walk:
    """One journey while it is being made: where its victims are, who holds them, what day it is."""

    def __init__(
        self, world: World, ring: Ring, case: CasePlan, journey: Journey, day: int
    ) -> None:
        self.world, self.ring, self.case = world, ring, case
        self.journey, self.day = journey, day
        self.legs = 0
        self.last: Person | None = None
        #: Who plays a part, by number of the victim and the part.
        self.holders: dict[tuple[int, str], Person] = {}
        #: The same by part, where all victims have somebody for it.
        self.groups: dict[str, _Groups] = {}
        #: Places by the words of the route; those of one victim with her number.
        self.places: dict[str | tuple[int, str], Place] = {HOME: town_place(journey.home)}

    def take(self, stride: _Stride) -> None:
        """One step, as often as it is repeated, by as many actors as hold the victims."""
        random, share = self.world.chance.random, stride.step.chance
        (least, repeats), (soonest, waits) = stride.repeat, stride.after
        for _ in range(least + int(random() * repeats)):
            if random() < share:
                self.day += soonest + int(random() * waits)
                for actor, victims in self._actors(stride):
                    if stride.alone:
                        for victim in victims:
                            self._do(stride, actor, [victim])
                    else:
                        self._do(stride, actor, victims)

    def _actors(self, stride: _Stride) -> _Groups:
        step, victims = stride.step, self.journey.victims
        if step.only_after:
            done = [act for act in self.journey.acts if act.do == step.only_after]
            chosen = [one for one in victims if any(one in act.victims for act in done)]
            return self._group(stride, chosen)
        if step.by not in self.groups:
            self.groups[step.by] = self._group(stride, victims)
        return self.groups[step.by]

    def _group(self, stride: _Stride, victims: list[Person]) -> _Groups:
        part, by, picked = stride.part, stride.step.by, None
        groups: dict[int, tuple[Person, list[Person]]] = {}
        for victim in victims:
            actor = self.holders.get((victim.number, by))
            if actor is None:
                if picked is None or part.per == VICTIM:
                    picked = self._pick(part)
                actor = self.holders[victim.number, by] = picked
            groups.setdefault(actor.number, (actor, []))[1].append(victim)
        return list(groups.values())

    def _pick(self, part: Part) -> Person:
        world, last, ring, day = self.world, self.last, self.ring, self.day
        if part.per in ("journey", VICTIM):
            return people_of(world, ring, part, self.journey)[0]
        partner = ring.partners.get((last.number, part.key)) if last else None
        if partner and partner.is_free(day) and world.chance.happens(LOYALTY):
            return partner
        people = people_of(world, ring, part, self.journey)
        people = [one for one in people if one.is_free(day)] or [
            replace_person(world, ring, part, self.journey)
        ]
        if part.lives == HOME and len(people) > 1:
            province = self.journey.home.province
            people = [one for one in people if one.home.province == province] or people
        found = world.chance.pick(people)
        if last and partner is None:
            ring.partners[last.number, part.key] = found
        return found

    def _do(self, stride: _Stride, actor: Person, victims: list[Person]) -> None:
        chance, step, journey, first = self.world.chance, stride.step, self.journey, victims[0]
        buyer = self._buyer(stride.buyer, actor, victims) if stride.buyer else None
        origin = self._place(step.origin, first) if step.origin else None
        over = self._place(step.over, first) if step.over else None
        to = None
        if step.to:
            to = self._place(step.to, first)
            for person in (actor, buyer) if buyer else (actor,):
                if not person.journeys:
                    self._settle(step.to, to, person)
        days = stride.days[0] + int(chance.random() * stride.days[1])
        transport = chance.weigh(step.transports) if step.transports else ""
        legal = ("yes" if chance.random() < step.legal else "no") if over else ""
        if over is not None and over.kind == "unofficial_crossing":
            transport, legal = ("boat" if is_water(over.name) else _on_land(transport)), "no"
        self.legs += stride.moves
        amount, currency = 0, ""
        if step.price is not None:
            amount, currency = draw_amount(chance, step.price), step.price.currency
        act = Act(
            step.do, step.stage, actor, victims, self.day, self.day + days, origin, to, over,
            transport, legal, amount, currency, buyer, len(journey.acts),
            self.legs if stride.moves else 0,
            to is not None and to.country != journey.home.country,
        )  # fmt: skip
        if step.days[1] < LASTS:
            self.day = act.end
        journey.acts.append(act)
        self._tie_act(stride, act)

    def _buyer(self, part: Part, actor: Person, victims: list[Person]) -> Person | None:
        buyer = self._pick(part)
        if buyer is actor:
            return None
        for victim in victims:
            self.holders[victim.number, part.key] = buyer
        self.groups.pop(part.key, None)
        return buyer

    def _settle(self, word: str, to: Place, person: Person) -> None:
        """Whoever lives in the very house of this victim lives in its town."""
        part = self.world.scenario.cast.get(person.part)
        if part is not None and part.lives == word:
            person.home, person.country = to.town, to.country

    def _place(self, word: str, victim: Person) -> Place:
        """The place that a word of the route stands for, here and for this victim."""
        return (
            self.places.get(word)
            or self.places.get((victim.number, word))
            or self._find_place(word, victim)
        )

    def _find_place(self, word: str, victim: Person) -> Place:
        journey, site = self.journey, self.journey.route.sites[word]
        if site.each == "ring":
            place = self.ring.place(self.world, journey.route, word)
        else:
            place = make_place(self.world, site)
        self.places[(victim.number, word) if site.each == VICTIM else word] = place
        journey.named[word] = place.name
        return place

    def _tie_act(self, stride: _Stride, act: Act) -> None:
        actor, last, kind = act.by, self.last, stride.tie
        self.case.everybody[actor.number] = actor
        actor.join(self.ring.number, act.stage)
        actor.journeys += 1
        if last is not None and last is not actor:
            times = 1 + int(self.world.chance.random() * 6)
            tie_people(self.world, last, actor, "called", act.day - 3, act.day, times)
        self.last = actor
        if kind:
            act.ties += self._tie_victims(act, actor, kind)
        if act.do == "demanded_ransom":
            self._tie_ransom(act)
        if act.buyer is not None:
            self._tie_buyer(act, act.buyer)
        if stride.payer is not None:
            self._tie_payer(act, self._pick(stride.payer))

    def _tie_victims(self, act: Act, source: Person, kind: str) -> list[Tie]:
        aspect = "abroad" if act.abroad else "home"
        ties = [Tie(source, victim, kind, aspect, act.day, act.end) for victim in act.victims]
        self.journey.ties += ties
        return ties

    def _tie_ransom(self, act: Act) -> None:
        aspect, terms = "abroad" if act.abroad else "home", (1, act.amount, act.currency)
        for victim in act.victims:
            for relative in self.world.relatives.get(victim.number, [])[:1]:
                asked = Tie(act.by, relative, "demanded_ransom", aspect, act.day, act.end, *terms)
                paid = Tie(relative, act.by, "paid", "money", act.day, act.end, *terms)
                self.journey.ties += (asked, paid)
                act.ties.append(asked)

    def _tie_buyer(self, act: Act, buyer: Person) -> None:
        self.case.everybody[buyer.number] = buyer
        buyer.join(self.ring.number, act.stage)
        tie_people(
            self.world, act.by, buyer, "sold_to", act.day, act.day, 1, act.amount, act.currency
        )
        self._tie_victims(act, buyer, "bought")
        self.last = buyer

    def _tie_payer(self, act: Act, payer: Person) -> None:
        payer.join(self.ring.number, "finance")
        tie_people(self.world, payer, act.by, "paid", act.day, act.day, 1, act.amount, act.currency)


def _on_land(transport: str) -> str:
    return transport if transport in ("on_foot", "motorbike") else "on_foot"


def draw_amount(chance: Chance, price: Price) -> int:
    """An amount of money, in the steps that people name."""
    low, high = chance.weigh(price.ranges)
    first = -(-low // price.step)
    return chance.between(first, max(first, high // price.step)) * price.step
