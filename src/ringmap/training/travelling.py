"""A journey step by step: who does what to whom, where, on which day, for how much."""

from functools import cache

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
from ringmap.training.scenario import HOME, LASTS, RELATIVE, VICTIM, Part, Price, Route, Spot, Step
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
    walk = _Walk(world, ring, journey, day)
    for step in world.scenario.journey:
        if not step.routes or route.name in step.routes:
            walk.take(step)
    turned = world.scenario.victims.turned
    for victim in victims:
        _bring_back(world, journey, victim, case.opened)
        if turned and victim.outcome in _RETURNED and world.chance.happens(turned):
            _turn(world, ring, victim)


def _bring_back(world: World, journey: Journey, victim: Person, opened: int) -> None:
    """When a victim was free again, or found: whatever lasted ends on that day at the latest."""
    if victim.outcome not in _FOUND:
        return
    acts = [act for act in journey.acts if victim in act.victims]
    last = max((act.day for act in acts), default=opened - 30)
    victim.back = max(last + 2, min(last + world.chance.between(15, 700), opened + 300))
    for act in acts:
        act.end = min(act.end, victim.back)
    for tie in journey.ties:
        if tie.target is victim:
            tie.last = min(tie.last, victim.back)


def _turn(world: World, ring: Ring, victim: Person) -> None:
    """A victim who came back and now takes the part of those who took her away."""
    part = world.scenario.cast[world.scenario.journey[0].by]
    if part.per == "ring":
        ring.parts.setdefault(part.key, []).append(victim)
        victim.roles = (part.role,)


def _choose_route(world: World, home: Spot, day: int) -> Route:
    """A route of the year; those that pass the victims' own province twenty times as often."""
    routes, year = world.scenario.routes, year_of(day)
    fitting = [one for one in routes if one.years[0] <= year <= one.years[1]]
    if not fitting:
        fitting = [min(routes, key=lambda one: abs(one.years[0] - year))]
    weights = {
        number: route.share * (20 if home.province in route.provinces else 1)
        for number, route in enumerate(fitting)
    }
    return fitting[world.chance.weigh(Weighted(weights))]


class _Walk:
    """One journey while it is being made: where its victims are, who holds them, what day it is."""

    def __init__(self, world: World, ring: Ring, journey: Journey, day: int) -> None:
        self.world, self.ring, self.journey, self.day = world, ring, journey, day
        self.last: Person | None = None
        self.holders: dict[tuple[int, str], Person] = {}
        self.sites: dict[tuple[int, str], Place] = {}

    def take(self, step: Step) -> None:
        """One step, as often as it is repeated, by as many actors as hold the victims."""
        chance = self.world.chance
        for _ in range(chance.between(*step.repeat)):
            if chance.happens(step.chance):
                self.day += chance.between(*step.after)
                alone = self._is_done_alone(step)
                for actor, victims in self._actors(step):
                    for group in ([one] for one in victims) if alone else (victims,):
                        self._do(step, actor, group)

    def _is_done_alone(self, step: Step) -> bool:
        """Whether a step is done to each victim alone: it lasts, or leads to a house of hers."""
        cast, sites = self.world.scenario.cast, self.journey.route.sites
        own_buyer = bool(step.buyer) and cast[step.buyer].per == VICTIM
        own_house = step.to in sites and sites[step.to].each == VICTIM
        return step.days[1] >= LASTS or own_buyer or own_house

    def _actors(self, step: Step) -> list[tuple[Person, list[Person]]]:
        part = self.world.scenario.cast[step.by]
        groups: dict[int, tuple[Person, list[Person]]] = {}
        picked: Person | None = None
        done = step.only_after
        for victim in self.journey.victims:
            if done and not any(
                act.do == done and victim in act.victims for act in self.journey.acts
            ):
                continue
            actor = self.holders.get((victim.number, step.by))
            if actor is None:
                if picked is None or part.per == VICTIM:
                    picked = self._pick(part)
                actor = picked
                self.holders[victim.number, step.by] = actor
            if actor is not victim:
                groups.setdefault(actor.number, (actor, []))[1].append(victim)
        return list(groups.values())

    def _pick(self, part: Part) -> Person:
        world, last = self.world, self.last
        if part.per in ("journey", VICTIM):
            return people_of(world, self.ring, part, self.journey)[0]
        partner = last.partners.get(part.key) if last and last.partners else None
        if partner and partner.is_free(self.day) and world.chance.happens(LOYALTY):
            return partner
        people = people_of(world, self.ring, part, self.journey)
        people = [one for one in people if one.is_free(self.day)] or [
            replace_person(world, self.ring, part, self.journey)
        ]
        if part.lives == HOME and len(people) > 1:
            province = self.journey.home.province
            people = [one for one in people if one.home.province == province] or people
        found = world.chance.pick(people)
        if last:
            if last.partners is None:
                last.partners = {}
            last.partners.setdefault(part.key, found)
        return found

    def _do(self, step: Step, actor: Person, victims: list[Person]) -> None:
        chance = self.world.chance
        buyer = self._buyer(step, actor, victims)
        to = self._place(step.to, victims[0])
        self._settle(step, to, actor, buyer)
        days = chance.between(*step.days)
        over = self._place(step.over, victims[0])
        transport = chance.weigh(step.transports) if step.transports else ""
        legal = ("yes" if chance.happens(step.legal) else "no") if step.over else ""
        if over is not None and over.kind == "unofficial_crossing":
            transport, legal = ("boat" if is_water(over.name) else _on_land(transport)), "no"
        act = Act(
            do=step.do,
            stage=step.stage,
            by=actor,
            victims=victims,
            day=self.day,
            end=self.day + days,
            origin=self._place(step.origin, victims[0]),
            to=to,
            over=over,
            transport=transport,
            legal=legal,
            amount=draw_amount(chance, step.price),
            currency=step.price.currency if step.price else "",
            buyer=buyer,
            number=len(self.journey.acts),
            leg=self._next_leg() if step.do in MOVES else 0,
            abroad=to is not None and to.country != self.journey.home.country,
        )
        if step.days[1] < LASTS:
            self.day = act.end
        self.journey.acts.append(act)
        self._tie_act(step, act)

    def _next_leg(self) -> int:
        return 1 + sum(act.leg > 0 for act in self.journey.acts)

    def _buyer(self, step: Step, actor: Person, victims: list[Person]) -> Person | None:
        if not step.buyer:
            return None
        buyer = self._pick(self.world.scenario.cast[step.buyer])
        if buyer is actor:
            return None
        for victim in victims:
            self.holders[victim.number, step.buyer] = buyer
        return buyer

    def _settle(self, step: Step, to: Place | None, *people: Person | None) -> None:
        """Whoever lives in the very house of this victim lives in its town."""
        for person in people:
            part = self.world.scenario.cast.get(person.part) if person else None
            if person and part and to and part.lives == step.to and not person.journeys:
                person.home, person.country = to.town, to.country

    def _place(self, word: str, victim: Person) -> Place | None:
        """The place that a word of the route stands for, here and for this victim."""
        if not word:
            return None
        if word == HOME:
            return town_place(self.journey.home)
        site = self.journey.route.sites[word]
        if site.each == "ring":
            place = self.ring.place(self.world, self.journey.route, word)
        else:
            key = (victim.number if site.each == VICTIM else -1, word)
            if key not in self.sites:
                self.sites[key] = make_place(self.world, site)
            place = self.sites[key]
        self.journey.named[word] = place.name
        return place

    def _tie_act(self, step: Step, act: Act) -> None:
        world, actor, kind = self.world, act.by, _tie_of(act.do)
        actor.join(self.ring.number, act.stage)
        actor.journeys += 1
        if self.last is not None and self.last is not actor:
            times = world.chance.between(1, 6)
            tie_people(world, self.last, actor, "called", act.day - 3, act.day, times,
                       abroad=act.abroad)  # fmt: skip
        self.last = actor
        if kind and kind not in _NOT_TO_VICTIM:
            for victim in act.victims:
                self._tie_victim(act, actor, victim, kind)
        if act.do == "demanded_ransom":
            self._tie_ransom(act)
        if act.buyer is not None:
            self._tie_buyer(act, act.buyer)
        if step.payer and step.payer != RELATIVE:
            self._tie_payer(act, self._pick(world.scenario.cast[step.payer]))

    def _tie_victim(
        self, act: Act, source: Person, target: Person, kind: str, amount: int = 0
    ) -> None:
        currency, number = act.currency if amount else "", self.journey.number
        tie = Tie(source, target, kind, act.day, act.end, 1, amount, currency, number, act.abroad)
        self.journey.ties.append(tie)
        if source is act.by:
            act.ties.append(tie)

    def _tie_ransom(self, act: Act) -> None:
        for victim in act.victims:
            for relative in self.world.relatives.get(victim.number, [])[:1]:
                self._tie_victim(act, act.by, relative, "demanded_ransom", act.amount)
                self._tie_victim(act, relative, act.by, "paid", act.amount)

    def _tie_buyer(self, act: Act, buyer: Person) -> None:
        buyer.join(self.ring.number, act.stage)
        tie_people(self.world, act.by, buyer, "sold_to", act.day, act.day, 1, act.amount,
                   act.currency, act.abroad)  # fmt: skip
        for victim in act.victims:
            self._tie_victim(act, buyer, victim, "bought")
        self.last = buyer

    def _tie_payer(self, act: Act, payer: Person) -> None:
        payer.join(self.ring.number, "finance")
        tie_people(self.world, payer, act.by, "paid", act.day, act.day, 1, act.amount,
                   act.currency, act.abroad)  # fmt: skip


def _on_land(transport: str) -> str:
    return transport if transport in ("on_foot", "motorbike") else "on_foot"


@cache
def _tie_of(event: str) -> str:
    """The kind of tie that an event makes between its actor and a victim; "" if none."""
    return str(load_words("event")[event].says.get("tie") or "")


def draw_amount(chance: Chance, price: Price | None) -> int:
    """An amount of money, in the steps that people name."""
    if price is None:
        return 0
    low, high = chance.weigh(price.ranges)
    first = -(-low // price.step)
    return chance.between(first, max(first, high // price.step)) * price.step
