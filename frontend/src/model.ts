/** The payload with what is needed to walk it quickly: neighbours, lanes, arrows, doubt. */
import { allYears, isVague, yearSpan, type YearSpan } from "./dates";
import { fold } from "./fold";
import { project } from "./geometry";
import { withoutTurns } from "./labels";
import { gradeOfRecord, isWeak, readGrade } from "./grades";
import type { Payload } from "./payload";
import { groupOfRoles, type Group } from "./theme";

/** Legs with the same ends, crossing and stage, drawn as one arrow. */
export interface Arrow {
  from: number;
  to: number;
  crossing: number | null;
  stage: string | null;
  legs: number[];
  crosses: boolean;
  weak: boolean;
  lane: number;
  lanes: number;
}

export interface Model {
  page: Payload;
  partyCount: number;
  tieCount: number;
  legCount: number;
  placeCount: number;
  tiesOf: number[][];
  legsOf: number[][];
  placeOf: number[];
  legsAt: number[][];
  group: Group[];
  tieWeak: boolean[];
  legWeak: boolean[];
  lane: Int16Array;
  lanes: Int16Array;
  arrows: Arrow[];
  arrowOf: number[];
  placeX: number[];
  placeY: number[];
  order: number[];
  searchLabel: string[];
  searchRest: string[];
  ranked: number;
  widest: number;
  tieYears: (YearSpan | null)[];
  legYears: (YearSpan | null)[];
  years: YearSpan | null;
  /** Ties and legs with a date that is about, or from one to another. */
  vague: number;
  casesOf: Set<string>[];
  /** Party of each case id, where the case is itself a party. */
  partyOfCase: Map<string, number>;
}

export function buildModel(page: Payload): Model {
  page.parties.label = page.parties.label.map(withoutTurns);
  page.places.label = page.places.label.map(withoutTurns);
  const partyCount = page.parties.id.length;
  const ties = page.ties;
  const tiesOf = lists(partyCount);
  ties.source.forEach((source, tie) => {
    tiesOf[source].push(tie);
    if (ties.target[tie] !== source) tiesOf[ties.target[tie]].push(tie);
  });
  const [lane, lanes] = layLanes(page);
  const tieYears = ties.first.map((first, tie) => yearSpan(first, ties.last[tie]));
  const legYears = page.legs.date.map((date) => yearSpan(date, date));
  const positions = page.places.lat.map((lat, place) => project(lat, page.places.lon[place]));
  const legWeak = page.legs.records.map((records) => !records.some((at) => isFirm(page, at)));
  const [arrows, arrowOf] = gatherArrows(page, legWeak);
  return {
    page,
    partyCount,
    tieCount: ties.source.length,
    legCount: page.legs.event.length,
    placeCount: page.places.label.length,
    tiesOf,
    legsOf: legsOfParties(page, partyCount),
    placeOf: placesOfParties(page, partyCount),
    legsAt: legsAtPlaces(page),
    group: page.parties.roles.map((roles, party) => groupOfParty(page, roles, party)),
    // One firm piece of evidence is enough, whichever of several counts as the best.
    tieWeak: ties.grade.map(
      (grade, tie) =>
        isWeak(readGrade(grade)) && !ties.records[tie].some((record) => isFirm(page, record)),
    ),
    legWeak,
    lane,
    lanes,
    arrows,
    arrowOf,
    placeX: positions.map((point) => point.x),
    placeY: positions.map((point) => point.y),
    order: walkingOrder(page, tiesOf),
    searchLabel: page.parties.label.map((label) => fold(label)),
    searchRest: page.parties.label.map((_, party) => fold(everythingSaid(page, party))),
    ranked: page.parties.rank.filter((rank) => rank !== null).length,
    widest: ties.weight.reduce<number>((most, weight) => Math.max(most, weight || 0), 0),
    tieYears,
    legYears,
    years: allYears(tieYears.concat(legYears)),
    vague:
      ties.first.filter((first, tie) => isVague(first) || isVague(ties.last[tie])).length +
      page.legs.date.filter(isVague).length,
    casesOf: casesOfParties(page, partyCount),
    partyOfCase: partiesOfCases(page),
  };
}

function lists(count: number): number[][] {
  return Array.from({ length: count }, () => []);
}

function isFirm(page: Payload, record: number): boolean {
  return !isWeak(gradeOfRecord(page, record));
}

function groupOfParty(page: Payload, roles: string[], party: number): Group {
  if (page.parties.type[party] !== "person") return "neutral";
  const group = groupOfRoles(roles);
  return group === "neutral" && page.parties.side[party] === "victim" ? "victim" : group;
}

/** Ties of one pair share out lanes, whichever way they run; loops share out those of a party. */
function layLanes(page: Payload): [Int16Array, Int16Array] {
  const count = page.ties.source.length;
  const pairs = new Map<string, number[]>();
  for (let tie = 0; tie < count; tie += 1) {
    const a = page.ties.source[tie];
    const b = page.ties.target[tie];
    const key = a < b ? `${a}-${b}` : `${b}-${a}`;
    const pair = pairs.get(key);
    if (pair) pair.push(tie);
    else pairs.set(key, [tie]);
  }
  const lane = new Int16Array(count);
  const lanes = new Int16Array(count);
  pairs.forEach((pair) =>
    pair.forEach((tie, place) => {
      lane[tie] = place;
      lanes[tie] = pair.length;
    }),
  );
  return [lane, lanes];
}

function gatherArrows(page: Payload, legWeak: boolean[]): [Arrow[], number[]] {
  const legs = page.legs;
  const known = new Map<string, number>();
  const arrows: Arrow[] = [];
  const arrowOf = legs.event.map((_, leg) => {
    const from = legs.from[leg];
    const to = legs.to[leg];
    if (from === null || to === null) return -1;
    const key = [legs.from[leg], legs.to[leg], legs.crossing[leg], legs.stage[leg]].join("|");
    const at = known.get(key);
    if (at !== undefined) return at;
    known.set(key, arrows.length);
    arrows.push({
      from,
      to,
      crossing: legs.crossing[leg],
      stage: legs.stage[leg],
      legs: [],
      crosses: false,
      weak: true,
      lane: 0,
      lanes: 1,
    });
    return arrows.length - 1;
  });
  arrowOf.forEach((at, leg) => {
    if (at < 0) return;
    arrows[at].legs.push(leg);
    arrows[at].crosses = arrows[at].crosses || legs.crosses[leg] === 1;
    arrows[at].weak = arrows[at].weak && legWeak[leg];
  });
  layArrowLanes(arrows);
  return [arrows, arrowOf];
}

function layArrowLanes(arrows: Arrow[]): void {
  const pairs = new Map<string, Arrow[]>();
  for (const arrow of arrows) {
    const key = `${Math.min(arrow.from, arrow.to)}|${Math.max(arrow.from, arrow.to)}`;
    const pair = pairs.get(key);
    if (pair) pair.push(arrow);
    else pairs.set(key, [arrow]);
  }
  pairs.forEach((pair) =>
    pair.forEach((arrow, lane) => {
      arrow.lane = lane;
      arrow.lanes = pair.length;
    }),
  );
}

function legsOfParties(page: Payload, count: number): number[][] {
  const found = lists(count);
  page.legs.event.forEach((_, leg) => {
    const parties = new Set(page.legs.people[leg].concat(page.legs.moved_by[leg]));
    parties.forEach((party) => found[party].push(leg));
  });
  return found;
}

function placesOfParties(page: Payload, count: number): number[] {
  const found = new Array<number>(count).fill(-1);
  page.places.party.forEach((party, place) => {
    if (party !== null) found[party] = place;
  });
  return found;
}

function legsAtPlaces(page: Payload): number[][] {
  const found = lists(page.places.label.length);
  page.legs.event.forEach((_, leg) => {
    new Set(placesOfLeg(page, leg)).forEach((place) => found[place].push(leg));
  });
  return found;
}

export function placesOfLeg(page: Payload, leg: number): number[] {
  const { from, to, crossing } = page.legs;
  return [from[leg], to[leg], crossing[leg]].filter((place): place is number => place !== null);
}

/** Ranked people first, then the others by number of ties, so that walking starts where it matters. */
function walkingOrder(page: Payload, tiesOf: number[][]): number[] {
  const rank = (party: number): number => {
    const known = page.parties.rank[party];
    return known === null ? Infinity : known;
  };
  return page.parties.id
    .map((_, party) => party)
    .sort((a, b) => {
      const first = rank(a);
      const second = rank(b);
      if (first !== second) return first - second;
      return tiesOf[b].length - tiesOf[a].length || a - b;
    });
}

function everythingSaid(page: Payload, party: number): string {
  const facts = page.parties.facts[party].map((fact) => String(fact[1]));
  return [page.parties.label[party], page.parties.id[party], ...facts].join(" ");
}

function partiesOfCases(page: Payload): Map<string, number> {
  const found = new Map<string, number>();
  page.parties.type.forEach((type, party) => {
    if (type === "case") found.set(page.parties.id[party], party);
  });
  return found;
}

function casesOfParties(page: Payload, count: number): Set<string>[] {
  const cases: Set<string>[] = Array.from({ length: count }, () => new Set<string>());
  page.ties.case.forEach((name, tie) => {
    if (name === null) return;
    cases[page.ties.source[tie]].add(name);
    cases[page.ties.target[tie]].add(name);
  });
  page.legs.case.forEach((name, leg) => {
    if (name === null) return;
    page.legs.people[leg].concat(page.legs.moved_by[leg]).forEach((party) => cases[party].add(name));
  });
  page.parties.type.forEach((type, party) => {
    if (type === "case") cases[party].add(page.parties.id[party]);
  });
  return cases;
}
