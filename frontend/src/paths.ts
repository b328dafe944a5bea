/** How two parties are tied: the shortest way, with every tie of each step. */
import type { Model } from "./model";

export interface Way {
  parties: number[];
  steps: number[][];
}

/** Fewest steps through visible ties, direction ignored; among equals the lower indexes. */
export function shortestWay(
  model: Model,
  visibleTie: Uint8Array,
  from: number,
  to: number,
): Way | null {
  const before = new Int32Array(model.partyCount).fill(-1);
  before[from] = from;
  let edge = [from];
  while (edge.length && before[to] === -1) {
    const next: number[] = [];
    for (const party of edge) {
      for (const other of neighbours(model, visibleTie, party)) {
        if (before[other] !== -1) continue;
        before[other] = party;
        next.push(other);
      }
    }
    edge = next.sort((a, b) => a - b);
  }
  return before[to] === -1 ? null : walkBack(model, visibleTie, before, from, to);
}

export function otherEnd(model: Model, tie: number, party: number): number {
  const { source, target } = model.page.ties;
  return source[tie] === party ? target[tie] : source[tie];
}

function neighbours(model: Model, visibleTie: Uint8Array, party: number): number[] {
  return model.tiesOf[party]
    .filter((tie) => visibleTie[tie] === 1)
    .map((tie) => otherEnd(model, tie, party));
}

function walkBack(
  model: Model,
  visibleTie: Uint8Array,
  before: Int32Array,
  from: number,
  to: number,
): Way {
  const parties = [to];
  while (parties[0] !== from) parties.unshift(before[parties[0]]);
  const steps = parties.slice(1).map((party, at) =>
    model.tiesOf[party].filter(
      (tie) => visibleTie[tie] === 1 && otherEnd(model, tie, party) === parties[at],
    ),
  );
  return { parties, steps };
}
