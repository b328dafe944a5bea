/** Curves, projections and distances: plain numbers in, plain numbers out. */

export interface Point {
  x: number;
  y: number;
}

export interface Curve {
  ax: number;
  ay: number;
  cx: number;
  cy: number;
  bx: number;
  by: number;
}

/** Web Mercator in units where the world is 360 wide; y grows down. */
export function project(lat: number, lon: number): Point {
  const held = Math.max(-85, Math.min(85, lat));
  const angle = (held * Math.PI) / 180;
  return { x: lon, y: (-Math.log(Math.tan(Math.PI / 4 + angle / 2)) * 180) / Math.PI };
}

/** Where tie `lane` of `count` between one pair bulges, in pixels from the straight line. */
export function laneOffset(lane: number, count: number, distance: number, gap = 13): number {
  if (count <= 1) return 0;
  const spread = Math.min(gap * (count - 1), Math.max(distance * 0.9, 8));
  return (lane / (count - 1) - 0.5) * spread;
}

/** Quadratic curve from a to b whose middle lies `offset` to the left of the straight line. */
export function bend(ax: number, ay: number, bx: number, by: number, offset: number): Curve {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const nx = -(by - ay) / length;
  const ny = (bx - ax) / length;
  const cx = (ax + bx) / 2 + nx * offset * 2;
  const cy = (ay + by) / 2 + ny * offset * 2;
  return { ax, ay, cx, cy, bx, by };
}

/** Quadratic curve from a to b that passes through g. */
export function bendThrough(a: Point, b: Point, g: Point): Curve {
  const before = Math.hypot(g.x - a.x, g.y - a.y);
  const after = Math.hypot(b.x - g.x, b.y - g.y);
  const share = before + after > 0 ? before / (before + after) : 0.5;
  const t = Math.max(0.18, Math.min(0.82, share));
  const scale = 1 / (2 * t * (1 - t));
  return {
    ax: a.x,
    ay: a.y,
    cx: (g.x - (1 - t) * (1 - t) * a.x - t * t * b.x) * scale,
    cy: (g.y - (1 - t) * (1 - t) * a.y - t * t * b.y) * scale,
    bx: b.x,
    by: b.y,
  };
}

export function pointOn(curve: Curve, t: number): Point {
  const u = 1 - t;
  return {
    x: u * u * curve.ax + 2 * u * t * curve.cx + t * t * curve.bx,
    y: u * u * curve.ay + 2 * u * t * curve.cy + t * t * curve.by,
  };
}

/** The curve with `start` and `end` pixels taken off, so that it meets the rims of its ends. */
export function trim(curve: Curve, start: number, end: number): Curve {
  const first = Math.hypot(curve.cx - curve.ax, curve.cy - curve.ay) || 1;
  const last = Math.hypot(curve.bx - curve.cx, curve.by - curve.cy) || 1;
  const from = Math.min(start / first, 0.9);
  const to = Math.min(end / last, 0.9);
  return {
    ax: curve.ax + (curve.cx - curve.ax) * from,
    ay: curve.ay + (curve.cy - curve.ay) * from,
    cx: curve.cx,
    cy: curve.cy,
    bx: curve.bx + (curve.cx - curve.bx) * to,
    by: curve.by + (curve.cy - curve.by) * to,
  };
}

/** Shortest distance from a point to a curve, measured against short straight pieces. */
export function distanceTo(curve: Curve, x: number, y: number, pieces = 14): number {
  let nearest = Infinity;
  let last = pointOn(curve, 0);
  for (let piece = 1; piece <= pieces; piece += 1) {
    const next = pointOn(curve, piece / pieces);
    nearest = Math.min(nearest, distanceToPiece(last, next, x, y));
    last = next;
  }
  return nearest;
}

function distanceToPiece(a: Point, b: Point, x: number, y: number): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0;
  return Math.hypot(a.x + t * dx - x, a.y + t * dy - y);
}

/** False only when the curve certainly lies more than `margin` away from the point. */
export function mayTouch(curve: Curve, x: number, y: number, margin: number): boolean {
  return (
    Math.min(curve.ax, curve.bx, curve.cx) - margin <= x &&
    Math.max(curve.ax, curve.bx, curve.cx) + margin >= x &&
    Math.min(curve.ay, curve.by, curve.cy) - margin <= y &&
    Math.max(curve.ay, curve.by, curve.cy) + margin >= y
  );
}

/** Convex hull (Andrew's monotone chain), counter-clockwise as seen with y down. */
export function convexHull(points: Point[]): Point[] {
  if (points.length < 3) return points.slice();
  const sorted = points.slice().sort((p, q) => p.x - q.x || p.y - q.y);
  const lower = halfHull(sorted);
  const upper = halfHull(sorted.reverse());
  return lower.slice(0, -1).concat(upper.slice(0, -1));
}

function halfHull(sorted: Point[]): Point[] {
  const half: Point[] = [];
  for (const point of sorted) {
    while (half.length > 1 && turn(half[half.length - 2], half[half.length - 1], point) <= 0) {
      half.pop();
    }
    half.push(point);
  }
  return half;
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

export function median(numbers: number[]): number {
  if (numbers.length === 0) return 0;
  const sorted = numbers.slice().sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
