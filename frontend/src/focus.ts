/** What a selected or hovered thing touches, in the ring and on the map at once. */
import type { Visible } from "./filters";
import { type Model, placesOfLeg } from "./model";
import { otherEnd, shortestWay } from "./paths";
import type { Target } from "./state";

/** 2 the thing itself, 1 what it touches; all else is absent. */
export interface Focus {
  party: Map<number, number>;
  tie: Map<number, number>;
  leg: Map<number, number>;
  place: Map<number, number>;
}

export function noFocus(): Focus {
  return { party: new Map(), tie: new Map(), leg: new Map(), place: new Map() };
}

function raise(levels: Map<number, number>, at: number, level: number): void {
  if ((levels.get(at) || 0) < level) levels.set(at, level);
}

export function focusOn(model: Model, visible: Visible, target: Target | null): Focus {
  const focus = noFocus();
  if (!target) return focus;
  if (target.kind === "party") addParty(model, visible, focus, target.party);
  else if (target.kind === "tie") addTie(model, visible, focus, target.tie);
  else if (target.kind === "leg") addLeg(model, visible, focus, target.leg, 2);
  else if (target.kind === "place") addPlace(model, visible, focus, target.place);
  else if (target.kind === "path") addPath(model, visible, focus, target.from, target.to);
  else {
    for (const leg of model.arrows[target.arrow].legs) {
      if (visible.leg[leg]) addLeg(model, visible, focus, leg, 2);
    }
  }
  return focus;
}

function addParty(model: Model, visible: Visible, focus: Focus, party: number): void {
  raise(focus.party, party, 2);
  for (const tie of model.tiesOf[party]) {
    if (!visible.tie[tie]) continue;
    const other = otherEnd(model, tie, party);
    raise(focus.tie, tie, 2);
    raise(focus.party, other, 1);
    if (model.placeOf[other] >= 0) raise(focus.place, model.placeOf[other], 1);
  }
  for (const leg of model.legsOf[party]) touchLeg(model, visible, focus, leg);
  const place = model.placeOf[party];
  if (place < 0) return;
  raise(focus.place, place, 2);
  for (const leg of model.legsAt[place]) touchLeg(model, visible, focus, leg);
}

/** A leg seen from one of its parties or places: it and its places light up, and who was on it. */
function touchLeg(model: Model, visible: Visible, focus: Focus, leg: number): void {
  if (!visible.leg[leg]) return;
  raise(focus.leg, leg, 1);
  for (const place of placesOfLeg(model.page, leg)) raise(focus.place, place, 1);
  for (const who of partiesOfLeg(model, leg)) raise(focus.party, who, 1);
}

function partiesOfLeg(model: Model, leg: number): number[] {
  return model.page.legs.people[leg].concat(model.page.legs.moved_by[leg]);
}

function addLeg(
  model: Model,
  visible: Visible,
  focus: Focus,
  leg: number,
  level: number,
): void {
  raise(focus.leg, leg, level);
  const parties = new Set(partiesOfLeg(model, leg));
  for (const place of placesOfLeg(model.page, leg)) {
    raise(focus.place, place, level);
    const owner = model.page.places.party[place];
    if (owner !== null) raise(focus.party, owner, 1);
  }
  parties.forEach((party) => {
    raise(focus.party, party, level);
    for (const tie of model.tiesOf[party]) {
      const other = otherEnd(model, tie, party);
      if (visible.tie[tie] && other !== party && parties.has(other)) raise(focus.tie, tie, 1);
    }
  });
}

function addTie(model: Model, visible: Visible, focus: Focus, tie: number): void {
  const ends = [model.page.ties.source[tie], model.page.ties.target[tie]];
  raise(focus.tie, tie, 2);
  for (const end of ends) {
    raise(focus.party, end, 2);
    if (model.placeOf[end] >= 0) raise(focus.place, model.placeOf[end], 1);
  }
  for (const leg of model.legsOf[ends[0]]) {
    if (!visible.leg[leg] || !partiesOfLeg(model, leg).includes(ends[1])) continue;
    raise(focus.leg, leg, 1);
    for (const place of placesOfLeg(model.page, leg)) raise(focus.place, place, 1);
  }
}

function addPlace(model: Model, visible: Visible, focus: Focus, place: number): void {
  raise(focus.place, place, 2);
  const owner = model.page.places.party[place];
  if (owner !== null) addParty(model, visible, focus, owner);
  for (const leg of model.legsAt[place]) touchLeg(model, visible, focus, leg);
}

function addPath(model: Model, visible: Visible, focus: Focus, from: number, to: number): void {
  const way = shortestWay(model, visible.tie, from, to);
  raise(focus.party, from, 2);
  raise(focus.party, to, 2);
  if (!way) return;
  for (const party of way.parties) {
    raise(focus.party, party, 2);
    if (model.placeOf[party] >= 0) raise(focus.place, model.placeOf[party], 1);
  }
  for (const step of way.steps) for (const tie of step) raise(focus.tie, tie, 2);
}
