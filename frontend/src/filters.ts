/** What the reader has switched off, and what is left to show. */
import type { Model } from "./model";
import { placesOfLeg } from "./model";

/** Sets hold what is switched off; "" stands for "none recorded". */
export interface Filters {
  kind: Set<string>;
  role: Set<string>;
  type: Set<string>;
  side: Set<string>;
  ring: Set<string>;
  case: Set<string>;
  strength: number | null;
  hideWeak: boolean;
  hideLoose: boolean;
  fromYear: number | null;
  toYear: number | null;
}

export type FilterList = "kind" | "role" | "type" | "side" | "ring" | "case";
export const FILTER_LISTS: FilterList[] = ["kind", "role", "side", "type", "ring", "case"];

export interface Visible {
  party: Uint8Array;
  tie: Uint8Array;
  leg: Uint8Array;
  place: Uint8Array;
  parties: number;
  ties: number;
  legs: number;
  places: number;
}

export function noFilters(): Filters {
  return {
    kind: new Set(),
    role: new Set(),
    type: new Set(),
    side: new Set(),
    ring: new Set(),
    case: new Set(),
    strength: null,
    hideWeak: false,
    hideLoose: false,
    fromYear: null,
    toYear: null,
  };
}

export function anyFilter(filters: Filters): boolean {
  return (
    FILTER_LISTS.some((list) => filters[list].size > 0) ||
    filters.strength !== null ||
    filters.hideWeak ||
    filters.hideLoose ||
    filters.fromYear !== null ||
    filters.toYear !== null
  );
}

/** True when one of the values is switched on; a party with no value answers to "". */
function anyOn(off: Set<string>, values: string[]): boolean {
  if (off.size === 0) return true;
  if (values.length === 0) return !off.has("");
  return values.some((value) => !off.has(value));
}

export function partyPasses(model: Model, filters: Filters, party: number): boolean {
  const parties = model.page.parties;
  if (filters.type.has(parties.type[party])) return false;
  if (parties.type[party] === "person") {
    if (!anyOn(filters.role, parties.roles[party])) return false;
    if (filters.side.has(parties.side[party] || "")) return false;
  }
  if (!anyOn(filters.ring, parties.rings[party].map(String))) return false;
  return anyOn(filters.case, Array.from(model.casesOf[party]));
}

function yearsPass(filters: Filters, span: [number, number] | null): boolean {
  if (!span) return true;
  if (filters.fromYear !== null && span[1] < filters.fromYear) return false;
  return filters.toYear === null || span[0] <= filters.toYear;
}

export function tiePasses(model: Model, filters: Filters, tie: number): boolean {
  const ties = model.page.ties;
  if (filters.kind.has(ties.kind[tie]) || filters.case.has(ties.case[tie] || "")) return false;
  if (filters.hideWeak && model.tieWeak[tie]) return false;
  const weight = ties.weight[tie];
  if (filters.strength !== null && weight !== null && weight < filters.strength) return false;
  return yearsPass(filters, model.tieYears[tie]);
}

function legPasses(model: Model, filters: Filters, party: Uint8Array, leg: number): boolean {
  const legs = model.page.legs;
  if (filters.kind.has(legs.kind[leg]) || filters.case.has(legs.case[leg] || "")) return false;
  if (filters.hideWeak && model.legWeak[leg]) return false;
  if (!yearsPass(filters, model.legYears[leg])) return false;
  const named = legs.people[leg].concat(legs.moved_by[leg]);
  return named.length === 0 || named.some((who) => party[who] === 1);
}

export function computeVisible(model: Model, filters: Filters): Visible {
  const { page } = model;
  const party = new Uint8Array(model.partyCount);
  const tie = new Uint8Array(model.tieCount);
  const leg = new Uint8Array(model.legCount);
  for (let at = 0; at < model.partyCount; at += 1) party[at] = +partyPasses(model, filters, at);
  for (let at = 0; at < model.tieCount; at += 1) {
    const ends = party[page.ties.source[at]] && party[page.ties.target[at]];
    tie[at] = ends && tiePasses(model, filters, at) ? 1 : 0;
  }
  for (let at = 0; at < model.legCount; at += 1) leg[at] = +legPasses(model, filters, party, at);
  if (filters.hideLoose) hideLoose(model, party, tie, leg);
  const place = visiblePlaces(model, party, leg);
  const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0);
  return {
    party,
    tie,
    leg,
    place,
    parties: count(party),
    ties: count(tie),
    legs: count(leg),
    places: count(place),
  };
}

function hideLoose(model: Model, party: Uint8Array, tie: Uint8Array, leg: Uint8Array): void {
  for (let at = 0; at < model.partyCount; at += 1) {
    const tied = model.tiesOf[at].some((one) => tie[one] === 1);
    const moved = model.legsOf[at].some((one) => leg[one] === 1);
    if (!tied && !moved) party[at] = 0;
  }
}

function visiblePlaces(model: Model, party: Uint8Array, leg: Uint8Array): Uint8Array {
  const place = new Uint8Array(model.placeCount);
  model.page.places.party.forEach((owner, at) => {
    place[at] = owner === null ? 0 : party[owner];
    if (owner === null && model.legsAt[at].length === 0) place[at] = 1;
  });
  for (let at = 0; at < model.legCount; at += 1) {
    if (leg[at]) placesOfLeg(model.page, at).forEach((one) => (place[one] = 1));
  }
  return place;
}
