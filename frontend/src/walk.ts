/** Walking by keyboard: which item lies that way. */
import type { Point } from "./geometry";

export type Way = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

const DIRECTIONS: Record<Way, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function isWay(key: string): key is Way {
  return Object.prototype.hasOwnProperty.call(DIRECTIONS, key);
}

/** The nearest item within a right angle of the way; straying sideways counts double. */
export function nextThatWay(
  way: Way,
  from: Point,
  candidates: number[],
  where: (item: number) => Point,
): number | null {
  const direction = DIRECTIONS[way];
  let best: number | null = null;
  let bestCost = Infinity;
  for (const item of candidates) {
    const point = where(item);
    const dx = point.x - from.x;
    const dy = point.y - from.y;
    const ahead = dx * direction.x + dy * direction.y;
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    if (ahead <= 0 || aside > ahead * 1.2) continue;
    const cost = ahead + aside * 2;
    if (cost < bestCost) {
      bestCost = cost;
      best = item;
    }
  }
  return best;
}

/** The item after (or before) the current one in an order; null past its end. */
export function nextInOrder(order: number[], current: number | null, back: boolean): number | null {
  const at = current === null ? -1 : order.indexOf(current);
  const next = at === -1 ? (back ? order.length - 1 : 0) : at + (back ? -1 : 1);
  return next >= 0 && next < order.length ? order[next] : null;
}
