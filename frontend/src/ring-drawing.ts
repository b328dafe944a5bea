/** Draws the ring: hulls, ties, parties, labels. Knows nothing of the page around it. */
import { type Frame, toScreen } from "./camera";
import type { Visible } from "./filters";
import type { Focus } from "./focus";
import { bend, convexHull, type Curve, laneOffset, median, type Point, pointOn, trim } from "./geometry";
import { type Box, placeLabel, placesBeside, shorten, Taken } from "./labels";
import type { Model } from "./model";
import { arrowHead, drawMark, drawSmallMarks, outline, shapeOf } from "./shapes";
import type { Surface } from "./surface";
import { type Group, groupOfTie, type Palette } from "./theme";

export interface RingScene {
  model: Model;
  visible: Visible;
  frame: Frame;
  palette: Palette;
  /** Typical distance between neighbours in world units: sets the size of marks. */
  gap: number;
  focus: Focus;
  hover: Focus;
  focused: boolean;
  found: Set<number>;
  /** Where the page's own buttons stand over the picture: no label goes there. */
  reserved: Box[];
}

export interface DrawnTie {
  tie: number;
  curve: Curve;
}

export interface RingDrawn {
  parties: number;
  ties: number;
  labels: number;
  curves: DrawnTie[];
  inView: number[];
}

export function markRadius(scene: RingScene, party: number): number {
  const base = Math.max(2, Math.min(9.5, scene.gap * scene.frame.camera.scale * 0.3));
  const degree = scene.model.tiesOf[party].length;
  const share = Math.min(1, Math.log1p(degree) / Math.log(40));
  const thing = scene.model.page.parties.type[party] === "person" ? 1 : 0.86;
  return base * (0.75 + 0.65 * share) * thing;
}

export function drawRing(surface: Surface, scene: RingScene): RingDrawn {
  const points = screenPoints(scene);
  const inView = partiesInView(scene, points);
  drawHulls(surface, scene, points);
  const curves = drawTies(surface, scene, points);
  drawParties(surface, scene, points, inView);
  const labels = drawLabels(surface, scene, points, inView);
  return { parties: inView.length, ties: curves.length, labels, curves, inView };
}

function screenPoints(scene: RingScene): Point[] {
  const { x, y } = scene.model.page.parties;
  return x.map((worldX, party) => toScreen(scene.frame, worldX, y[party]));
}

function partiesInView(scene: RingScene, points: Point[]): number[] {
  const { width, height } = scene.frame;
  const found: number[] = [];
  points.forEach((point, party) => {
    if (!scene.visible.party[party]) return;
    if (point.x < -20 || point.y < -20 || point.x > width + 20 || point.y > height + 20) return;
    found.push(party);
  });
  return found;
}

// Hulls

export interface Hull {
  ring: number;
  points: Point[];
  top: Point;
}

/** A hull leaves out members far from the rest: one stray must not swallow the neighbours. */
export function ringHull(members: Point[], pad: number): Point[] {
  const x = median(members.map((point) => point.x));
  const y = median(members.map((point) => point.y));
  const away = members.map((point) => Math.hypot(point.x - x, point.y - y));
  const limit = Math.max(median(away) * 2.8, pad * 2);
  // Only corners need room around them: the others lie inside whatever those span.
  const near = convexHull(members.filter((_, at) => away[at] <= limit));
  const around: Point[] = [];
  for (const point of near) {
    for (let step = 0; step < 12; step += 1) {
      const angle = (step * Math.PI) / 6;
      around.push({ x: point.x + Math.cos(angle) * pad, y: point.y + Math.sin(angle) * pad });
    }
  }
  return convexHull(around);
}

function drawHulls(surface: Surface, scene: RingScene, points: Point[]): void {
  const pad = Math.max(7, Math.min(26, scene.gap * scene.frame.camera.scale * 0.8));
  scene.model.page.rings.forEach((ring, at) => {
    const members = ring.members.filter((party) => scene.visible.party[party] === 1);
    if (members.length < 2) return;
    const hull = ringHull(members.map((party) => points[party]), pad);
    if (hull.length < 3 || !touchesView(hull, scene.frame)) return;
    const colour = scene.palette.hulls[at % scene.palette.hulls.length];
    tracePolygon(surface, hull);
    const faint = scene.focused ? 0.5 : 1;
    surface.fill(colour, (scene.palette.dark ? 0.13 : 0.09) * faint);
    surface.stroke({ colour, width: 1, alpha: 0.38 * faint });
  });
}

function touchesView(hull: Point[], frame: Frame): boolean {
  const xs = hull.map((point) => point.x);
  const ys = hull.map((point) => point.y);
  return (
    Math.max(...xs) >= 0 &&
    Math.min(...xs) <= frame.width &&
    Math.max(...ys) >= 0 &&
    Math.min(...ys) <= frame.height
  );
}

function tracePolygon(surface: Surface, hull: Point[]): void {
  surface.begin();
  const last = hull[hull.length - 1];
  surface.move((last.x + hull[0].x) / 2, (last.y + hull[0].y) / 2);
  hull.forEach((point, at) => {
    const next = hull[(at + 1) % hull.length];
    surface.quad(point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2);
  });
  surface.close();
}

// Ties

/** Ties that look alike are one path, so that eight thousand cost a few strokes. */
interface Batch {
  colour: string;
  width: number;
  alpha: number;
  dash: number[] | undefined;
  level: number;
  ties: DrawnTie[];
}

function tieLevel(scene: RingScene, tie: number): number {
  if (scene.hover.tie.has(tie)) return 3;
  if (!scene.focused) return 1;
  return scene.focus.tie.has(tie) ? 2 : 0;
}

export function tieWidth(weight: number | null, widest: number): number {
  if (weight === null || weight <= 0 || widest <= 1) return 1;
  return 1 + (3 * Math.log1p(weight)) / Math.log1p(widest);
}

function tieColour(palette: Palette, kind: string): string {
  const group: Group = groupOfTie(kind);
  if (group === "neutral") return palette.tie;
  return palette.dark || group === "transport" || group === "recruitment"
    ? palette.group[group]
    : palette.edge[group] && palette.group[group];
}

function drawTies(surface: Surface, scene: RingScene, points: Point[]): DrawnTie[] {
  const batches = new Map<string, Batch>();
  const all: DrawnTie[] = [];
  for (let tie = 0; tie < scene.model.tieCount; tie += 1) {
    if (!scene.visible.tie[tie]) continue;
    const curve = tieCurve(scene, points, tie);
    if (!curve) continue;
    all.push({ tie, curve });
    putInBatch(scene, batches, { tie, curve });
  }
  const ordered = Array.from(batches.values()).sort((a, b) => a.level - b.level);
  for (const batch of ordered) drawBatch(surface, scene, batch);
  return all;
}

function putInBatch(scene: RingScene, batches: Map<string, Batch>, drawn: DrawnTie): void {
  const { model, palette } = scene;
  const level = tieLevel(scene, drawn.tie);
  const colour = tieColour(palette, model.page.ties.kind[drawn.tie]);
  const shrink = Math.max(0.45, Math.min(1, scene.gap * scene.frame.camera.scale * 0.055));
  const full = tieWidth(model.page.ties.weight[drawn.tie], model.widest) * shrink;
  const width = Math.round((level >= 2 ? full + 0.8 : full) * 2) / 2 || 0.5;
  const dashed = model.tieWeak[drawn.tie];
  const key = `${level}|${colour}|${width}|${dashed}`;
  const batch = batches.get(key);
  if (batch) {
    batch.ties.push(drawn);
    return;
  }
  const alpha = [palette.dark ? 0.1 : 0.12, restAlpha(scene), 1, 1][level];
  const dash = dashed ? [4 + width, 3 + width * 0.5] : undefined;
  batches.set(key, { colour, width, alpha, dash, level, ties: [drawn] });
}

/** Ties stand back when they are many and the reader is far away. */
function restAlpha(scene: RingScene): number {
  const closeness = scene.gap * scene.frame.camera.scale;
  return Math.max(0.32, Math.min(0.78, 0.25 + closeness / 60));
}

function drawBatch(surface: Surface, scene: RingScene, batch: Batch): void {
  surface.begin();
  for (const { curve } of batch.ties) {
    surface.move(curve.ax, curve.ay);
    if (isLoop(curve)) loopPath(surface, curve);
    else surface.quad(curve.cx, curve.cy, curve.bx, curve.by);
  }
  surface.stroke({
    colour: batch.colour,
    width: batch.width,
    alpha: batch.alpha,
    dash: batch.dash,
  });
  const headsWanted = scene.gap * scene.frame.camera.scale > 9 || batch.level >= 2;
  if (headsWanted) drawHeads(surface, scene, batch);
}

function drawHeads(surface: Surface, scene: RingScene, batch: Batch): void {
  const near = Math.min(1, Math.max(0.6, (scene.gap * scene.frame.camera.scale) / 30));
  const size = (batch.level >= 2 ? 6.5 : 6 * near) + batch.width * 1.3;
  surface.begin();
  for (const { tie, curve } of batch.ties) {
    if (!scene.model.page.ties.directed[tie]) continue;
    if (Math.hypot(curve.bx - curve.ax, curve.by - curve.ay) < size && !isLoop(curve)) continue;
    if (isLoop(curve)) arrowHead(surface, curve.bx, curve.by, curve.bx - curve.cx - 14, curve.by - curve.cy - 3, size);
    else arrowHead(surface, curve.bx, curve.by, curve.bx - curve.cx, curve.by - curve.cy, size);
  }
  surface.fill(batch.colour, Math.min(1, batch.alpha + 0.15));
}

/** A loop is a curve whose control point stands for the far end of the loop. */
interface Loop extends Curve {
  loop: number;
}

function isLoop(curve: Curve): curve is Loop {
  return "loop" in curve;
}

function loopPath(surface: Surface, curve: Loop): void {
  const dx = curve.cx - curve.ax;
  const dy = curve.cy - curve.ay;
  const side = 0.62;
  surface.cubic(
    curve.cx - dy * side,
    curve.cy + dx * side,
    curve.cx + dy * side,
    curve.cy - dx * side,
    curve.bx,
    curve.by,
  );
}

function loopCurve(x: number, y: number, radius: number, lane: number): Loop {
  const angle = -Math.PI / 4 - (lane * Math.PI) / 2.6;
  const reach = radius + 17;
  return {
    loop: lane,
    ax: x + Math.cos(angle + 0.5) * (radius + 1),
    ay: y + Math.sin(angle + 0.5) * (radius + 1),
    cx: x + Math.cos(angle) * reach,
    cy: y + Math.sin(angle) * reach,
    bx: x + Math.cos(angle - 0.5) * (radius + 1),
    by: y + Math.sin(angle - 0.5) * (radius + 1),
  };
}

export function tieCurve(scene: RingScene, points: Point[], tie: number): Curve | null {
  const { model, frame } = scene;
  const source = model.page.ties.source[tie];
  const target = model.page.ties.target[tie];
  const a = points[source];
  const b = points[target];
  const margin = 60;
  if (Math.max(a.x, b.x) < -margin || Math.min(a.x, b.x) > frame.width + margin) return null;
  if (Math.max(a.y, b.y) < -margin || Math.min(a.y, b.y) > frame.height + margin) return null;
  if (source === target) {
    return loopCurve(a.x, a.y, markRadius(scene, source), model.lane[tie]);
  }
  const distance = Math.hypot(b.x - a.x, b.y - a.y);
  const offset = laneOffset(model.lane[tie], model.lanes[tie], distance);
  const curve = bend(a.x, a.y, b.x, b.y, source < target ? offset : -offset);
  const rim = (party: number): number =>
    markRadius(scene, party) * 1.05 + (shapeOf(model, party) === "victim" ? 3.5 : 1);
  return trim(curve, rim(source), rim(target) + 1);
}

// Parties

function partyLevel(scene: RingScene, party: number): number {
  if (!scene.focused) return 1;
  return scene.focus.party.has(party) || scene.hover.party.has(party) ? 2 : 0;
}

function drawParties(surface: Surface, scene: RingScene, points: Point[], inView: number[]): void {
  const { model, palette } = scene;
  const ordered = inView
    .slice()
    .sort((a, b) => partyLevel(scene, a) - partyLevel(scene, b) || thingsFirst(model, a, b) || a - b);
  const small = drawFarMarks(surface, scene, points, ordered);
  for (const party of ordered) {
    const { x, y } = points[party];
    const radius = markRadius(scene, party);
    if (small.has(party)) continue;
    const level = partyLevel(scene, party);
    const alpha = level === 0 ? 0.2 : 1;
    drawHalo(surface, scene, party, x, y, radius);
    const shape = shapeOf(model, party);
    drawMark(surface, x, y, { shape, group: model.group[party], radius, palette, alpha });
    if (level > 0) drawBadge(surface, scene, party, x, y, radius);
  }
}

/** Small marks that need nothing of their own are drawn together, colour by colour. */
function drawFarMarks(
  surface: Surface,
  scene: RingScene,
  points: Point[],
  ordered: number[],
): Set<number> {
  const { model, palette } = scene;
  const done = new Set<number>();
  const kinds = new Map<string, number[]>();
  for (const party of ordered) {
    const rank = model.page.parties.rank[party];
    const special = scene.found.has(party) || scene.focus.party.has(party) || scene.hover.party.has(party);
    if (special || (rank !== null && rank <= 10)) continue;
    if (markRadius(scene, party) >= 3.4 || shapeOf(model, party) === "both") continue;
    done.add(party);
    const person = model.page.parties.type[party] === "person" ? 1 : 0;
    const key = `${person}|${model.group[party]}`;
    const kind = kinds.get(key);
    if (kind) kind.push(party);
    else kinds.set(key, [party]);
  }
  Array.from(kinds.keys()).sort().forEach((key) => {
    const parties = kinds.get(key) || [];
    const marks = parties.map((party) => ({
      x: points[party].x,
      y: points[party].y,
      radius: markRadius(scene, party),
      shape: shapeOf(model, party),
    }));
    const alpha = scene.focused ? 0.2 : 1;
    drawSmallMarks(surface, marks, model.group[parties[0]], key.startsWith("1"), palette, alpha);
  });
  return done;
}

function thingsFirst(model: Model, a: number, b: number): number {
  const rank = (party: number): number => (model.page.parties.type[party] === "person" ? 1 : 0);
  return rank(a) - rank(b);
}

function drawHalo(
  surface: Surface,
  scene: RingScene,
  party: number,
  x: number,
  y: number,
  radius: number,
): void {
  const { palette } = scene;
  const chosen = scene.focus.party.get(party) === 2;
  const hovered = scene.hover.party.get(party) === 2;
  if (scene.found.has(party) && !chosen) {
    outline(surface, "other", x, y, radius + 7);
    surface.stroke({ colour: palette.accent, width: 1.5, dash: [3, 3] });
  }
  if (!chosen && !hovered) return;
  outline(surface, "other", x, y, radius + 8);
  surface.fill(palette.accent, chosen ? 0.2 : 0.12);
  surface.stroke({ colour: palette.accent, width: chosen ? 2.5 : 1.5 });
}

function drawBadge(
  surface: Surface,
  scene: RingScene,
  party: number,
  x: number,
  y: number,
  radius: number,
): void {
  const rank = scene.model.page.parties.rank[party];
  if (rank === null || rank > 10) return;
  const bx = x + radius * 0.9 + 2;
  const by = y - radius * 0.9 - 2;
  surface.begin();
  surface.circle(bx, by, 6.5);
  surface.fill(scene.palette.ink);
  surface.stroke({ colour: scene.palette.background, width: 1.2 });
  surface.text(String(rank), bx, by + 0.5, {
    colour: scene.palette.background,
    size: rank > 9 ? 8 : 9,
    bold: true,
    align: "center",
  });
}

// Labels

function labelPriority(scene: RingScene, party: number): number {
  const chosen = scene.focus.party.get(party) || 0;
  const hovered = scene.hover.party.get(party) || 0;
  const rank = scene.model.page.parties.rank[party];
  const degree = Math.min(scene.model.tiesOf[party].length, 999);
  if (chosen === 2) return 9e6;
  if (hovered === 2) return 8e6;
  const linked = chosen || hovered ? 4e6 : 0;
  const found = scene.found.has(party) ? 6e6 : 0;
  const broker = rank === null ? 0 : rank <= 10 ? 2e6 - rank * 1000 : 1e6 / rank;
  return Math.max(found, linked) + broker + degree;
}

/** How many labels may be tried: few from afar, all when close. */
function labelBudget(scene: RingScene): number {
  const closeness = scene.gap * scene.frame.camera.scale;
  const area = (scene.frame.width * scene.frame.height) / 9000;
  return Math.round(Math.max(12, area * Math.min(4, closeness / 9)));
}

function drawLabels(surface: Surface, scene: RingScene, points: Point[], inView: number[]): number {
  const taken = new Taken();
  for (const box of scene.reserved) taken.take(box);
  const wanted = inView.filter((party) => !scene.focused || partyLevel(scene, party) === 2);
  const ordered = wanted
    .map((party): [number, number] => [labelPriority(scene, party), party])
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .slice(0, labelBudget(scene));
  // What matters is named even in a crowd, over lesser marks; the others keep off every mark.
  const first = ordered.filter(([, party]) => matters(scene, party));
  const rest = ordered.filter(([, party]) => !matters(scene, party));
  blockMarks(scene, taken, points, inView.filter((party) => matters(scene, party)));
  const before = drawLabelsOf(surface, scene, points, taken, first);
  blockMarks(scene, taken, points, inView);
  const after = drawLabelsOf(surface, scene, points, taken, rest);
  return before + after + drawRingNames(surface, scene, points, taken);
}

function matters(scene: RingScene, party: number): boolean {
  const rank = scene.model.page.parties.rank[party];
  const chosen = scene.focus.party.get(party) === 2 || scene.hover.party.get(party) === 2;
  return chosen || scene.found.has(party) || (rank !== null && rank <= 10);
}

function drawLabelsOf(
  surface: Surface,
  scene: RingScene,
  points: Point[],
  taken: Taken,
  wanted: [number, number][],
): number {
  const { model, frame, palette } = scene;
  let drawn = 0;
  for (const [priority, party] of wanted) {
    const strong = priority >= 8e6;
    const size = strong ? 13 : 11.5;
    const text = shorten(model.page.parties.label[party], strong ? 60 : 28);
    const width = surface.measure(text, size, strong);
    const reach = markRadius(scene, party) + (shapeOf(model, party) === "victim" ? 3 : 1);
    const { x, y } = points[party];
    const box = placeLabel(taken, placesBeside(x, y, reach, width, size + 3), frame.width, frame.height);
    if (!box) continue;
    const person = model.page.parties.type[party] === "person";
    surface.text(text, box.left, (box.top + box.bottom) / 2, {
      colour: person ? palette.ink : palette.quiet,
      size,
      bold: strong,
      italic: !person,
      halo: palette.background,
    });
    drawn += 1;
  }
  return drawn;
}

/** Marks that matter are not written over; small ones may be, or nothing could be named at all. */
function blockMarks(scene: RingScene, taken: Taken, points: Point[], inView: number[]): void {
  for (const party of inView) {
    const radius = markRadius(scene, party);
    const rank = scene.model.page.parties.rank[party];
    const important = scene.focus.party.get(party) === 2 || (rank !== null && rank <= 10);
    if (radius < 4 && !important) continue;
    if (scene.focused && partyLevel(scene, party) === 0) continue;
    const reach = radius * 0.85;
    const { x, y } = points[party];
    taken.take({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach });
    if (rank === null || rank > 10) continue;
    const bx = x + radius * 0.9 + 2;
    const by = y - radius * 0.9 - 2;
    taken.take({ left: bx - 6, top: by - 6, right: bx + 6, bottom: by + 6 });
  }
}

function drawRingNames(
  surface: Surface,
  scene: RingScene,
  points: Point[],
  taken: Taken,
): number {
  const { frame, palette, model } = scene;
  let drawn = 0;
  if (!hullsAreWide(scene, points)) return 0;
  model.page.rings.forEach((ring, at) => {
    const members = ring.members.filter((party) => scene.visible.party[party] === 1);
    if (members.length < 2) return;
    const text = shorten(ring.name, 24);
    const width = surface.measure(text, 12, true);
    const box = placeLabel(taken, ringNamePlaces(members.map((party) => points[party]), width), frame.width, frame.height);
    if (!box) return;
    surface.text(text, box.left, (box.top + box.bottom) / 2, {
      colour: palette.hullText[at % palette.hullText.length],
      size: 12,
      bold: true,
      halo: palette.background,
      alpha: scene.focused ? 0.45 : 1,
    });
    drawn += 1;
  });
  return drawn;
}

/** Names of rings are all shown or none: from afar a hundred of them would hide the ring. */
function hullsAreWide(scene: RingScene, points: Point[]): boolean {
  const spans = scene.model.page.rings.map((ring) => {
    const xs = ring.members.map((party) => points[party].x);
    return xs.length ? Math.max(...xs) - Math.min(...xs) : 0;
  });
  return spans.length <= 20 || median(spans) > 58;
}

function ringNamePlaces(points: Point[], width: number): ReturnType<typeof placesBeside> {
  const x = median(points.map((point) => point.x));
  const ys = points.map((point) => point.y).sort((a, b) => a - b);
  const top = ys[Math.floor(ys.length * 0.05)] - 18;
  const bottom = ys[Math.floor(ys.length * 0.95)] + 18;
  const at = (left: number, y: number): ReturnType<typeof placesBeside>[number] => ({
    left,
    top: y - 8,
    right: left + width,
    bottom: y + 8,
  });
  const middle = x - width / 2;
  return [at(middle, top), at(middle, bottom), at(middle - 30, top), at(middle + 30, top), at(middle, top - 16), at(middle, bottom + 16)];
}

/** The middle of a drawn tie, for tests and for bringing it into view. */
export function middleOf(curve: Curve): Point {
  return isLoop(curve) ? { x: curve.cx, y: curve.cy } : pointOn(curve, 0.5);
}
