/** Draws the route map: land, borders, provinces, legs by stage, places and gates. */
import { type Frame, toScreen } from "./camera";
import type { Visible } from "./filters";
import type { Focus } from "./focus";
import { bend, bendThrough, type Curve, laneOffset, type Point, pointOn, project, trim } from "./geometry";
import { type Box, placeLabel, placesBeside, shorten, Taken } from "./labels";
import type { Arrow, Model } from "./model";
import type { Area } from "./payload";
import { arrowHead } from "./shapes";
import type { Surface } from "./surface";
import { groupOfStage, type Palette, stageDash, stageIsDouble, stageNumber } from "./theme";

/** A polygon in Mercator units with its bounds, projected once. */
export interface Outline {
  points: Float64Array;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Cover {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Land {
  outlines: Outline[];
  area: Area;
  at: Point | null;
}

export interface Basework {
  /** The part of the world that the basemap covers; beyond it nothing is known, not even sea. */
  cover: Cover | null;
  countries: Land[];
  provinces: Land[];
}

export interface MapScene {
  model: Model;
  base: Basework;
  visible: Visible;
  frame: Frame;
  palette: Palette;
  focus: Focus;
  hover: Focus;
  focused: boolean;
  label: (area: Area) => string;
  /** Pixels by which places at one and the same point are spread apart. */
  spread: Point[];
  /** Where the page's own buttons stand over the picture: no label goes there. */
  reserved: Box[];
}

export interface DrawnArrow {
  arrow: number;
  curve: Curve;
  stays: boolean;
}

export interface MapDrawn {
  places: number;
  legs: number;
  arrows: number;
  labels: number;
  curves: DrawnArrow[];
  inView: number[];
}

export function prepareBase(model: Model): Basework {
  const base = model.page.basemap;
  if (!base) return { cover: null, countries: [], provinces: [] };
  return {
    cover: coverOf(base.bounds),
    countries: base.countries.map(prepareLand),
    provinces: base.provinces.map(prepareLand),
  };
}

function coverOf([south, west, north, east]: [number, number, number, number]): Cover {
  const topLeft = project(north, west);
  const bottomRight = project(south, east);
  return { left: topLeft.x, top: topLeft.y, right: bottomRight.x, bottom: bottomRight.y };
}

function prepareLand(area: Area): Land {
  return {
    area,
    outlines: area.rings.map(prepareOutline),
    at: area.at ? project(area.at[0], area.at[1]) : null,
  };
}

function prepareOutline(ring: number[]): Outline {
  const points = new Float64Array(ring.length);
  const outline = { points, left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let at = 0; at + 1 < ring.length; at += 2) {
    const { x, y } = project(ring[at + 1], ring[at]);
    points[at] = x;
    points[at + 1] = y;
    outline.left = Math.min(outline.left, x);
    outline.right = Math.max(outline.right, x);
    outline.top = Math.min(outline.top, y);
    outline.bottom = Math.max(outline.bottom, y);
  }
  return outline;
}

/** Places at one point stand in a small spiral, else all but one would be hidden. */
export function spreadPlaces(model: Model): Point[] {
  const seen = new Map<string, number>();
  return model.placeX.map((x, place) => {
    const key = `${x.toFixed(3)}|${model.placeY[place].toFixed(3)}`;
    const before = seen.get(key) || 0;
    seen.set(key, before + 1);
    if (before === 0) return { x: 0, y: 0 };
    const angle = before * 2.4;
    const away = 14 * Math.sqrt(before);
    return { x: Math.cos(angle) * away, y: Math.sin(angle) * away };
  });
}

export function placePoint(scene: MapScene, place: number): Point {
  const point = toScreen(scene.frame, scene.model.placeX[place], scene.model.placeY[place]);
  return { x: point.x + scene.spread[place].x, y: point.y + scene.spread[place].y };
}

export function drawMap(surface: Surface, scene: MapScene): MapDrawn {
  drawBase(surface, scene);
  const points = scene.model.placeX.map((_, place) => placePoint(scene, place));
  const curves = drawArrows(surface, scene, points);
  const inView = placesInView(scene, points);
  for (const place of inView) drawPlace(surface, scene, place, points[place]);
  const taken = new Taken();
  for (const box of scene.reserved) taken.take(box);
  drawStageNumbers(surface, scene, curves, taken);
  const labels = drawLabels(surface, scene, points, inView, taken);
  const legs = curves.reduce((sum, drawn) => sum + shownLegs(scene, drawn.arrow).length, 0);
  return { places: inView.length, legs, arrows: curves.length, labels, curves, inView };
}

// Land

function drawBase(surface: Surface, scene: MapScene): void {
  const { frame, palette } = scene;
  const { cover } = scene.base;
  fillBox(surface, 0, 0, frame.width, frame.height, palette.landOutside);
  if (cover) {
    const a = toScreen(frame, cover.left, cover.top);
    const b = toScreen(frame, cover.right, cover.bottom);
    const left = Math.max(0, a.x);
    const top = Math.max(0, a.y);
    const right = Math.min(frame.width, b.x);
    const bottom = Math.min(frame.height, b.y);
    if (left < right && top < bottom) fillBox(surface, left, top, right, bottom, palette.sea);
  }
  for (const country of scene.base.countries) {
    if (!traceLand(surface, frame, country, null)) continue;
    surface.fill(palette.land, 1, true);
  }
  for (const province of scene.base.provinces) {
    if (!traceLand(surface, frame, province, cover)) continue;
    surface.stroke({ colour: palette.provinceLine, width: 0.9 });
  }
  for (const country of scene.base.countries) {
    if (!traceLand(surface, frame, country, cover)) continue;
    surface.stroke({ colour: palette.border, width: 1.2, alpha: 0.85 });
  }
}

function fillBox(
  surface: Surface,
  left: number,
  top: number,
  right: number,
  bottom: number,
  colour: string,
): void {
  surface.begin();
  surface.move(left, top);
  surface.line(right, top);
  surface.line(right, bottom);
  surface.line(left, bottom);
  surface.close();
  surface.fill(colour);
}

function traceLand(surface: Surface, frame: Frame, land: Land, cut: Cover | null): boolean {
  let any = false;
  surface.begin();
  for (const outline of land.outlines) {
    const topLeft = toScreen(frame, outline.left, outline.top);
    const bottomRight = toScreen(frame, outline.right, outline.bottom);
    if (bottomRight.x < 0 || bottomRight.y < 0) continue;
    if (topLeft.x > frame.width || topLeft.y > frame.height) continue;
    if (bottomRight.x - topLeft.x < 1 && bottomRight.y - topLeft.y < 1) continue;
    traceOutline(surface, frame, outline.points, cut);
    any = true;
  }
  return any;
}

/**
 * Points closer than a pixel to the last one are passed over: nobody would see them. With `cut`,
 * pieces along the edge of the basemap are left out: they are where it was cut, not a border.
 */
function traceOutline(
  surface: Surface,
  frame: Frame,
  points: Float64Array,
  cut: Cover | null,
): void {
  const { scale } = frame.camera;
  const dx = frame.width / 2 - frame.camera.x * scale;
  const dy = frame.height / 2 - frame.camera.y * scale;
  let lastX = points[0] * scale + dx;
  let lastY = points[1] * scale + dy;
  surface.move(lastX, lastY);
  for (let at = 2; at + 1 < points.length; at += 2) {
    const x = points[at] * scale + dx;
    const y = points[at + 1] * scale + dy;
    const edge = cut !== null && alongEdge(cut, points, at);
    if (!edge && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.9) continue;
    if (edge) surface.move(x, y);
    else surface.line(x, y);
    lastX = x;
    lastY = y;
  }
  if (cut === null) surface.close();
}

function alongEdge(cut: Cover, points: Float64Array, at: number): boolean {
  const on = (offset: number, line: number): boolean =>
    Math.abs(points[at + offset] - line) < 0.004 && Math.abs(points[at + offset - 2] - line) < 0.004;
  return on(0, cut.left) || on(0, cut.right) || on(1, cut.top) || on(1, cut.bottom);
}

// Legs

function shownLegs(scene: MapScene, arrow: number): number[] {
  return scene.model.arrows[arrow].legs.filter((leg) => scene.visible.leg[leg] === 1);
}

function legLevel(scene: MapScene, legs: number[]): number {
  if (legs.some((leg) => scene.hover.leg.has(leg))) return 3;
  if (!scene.focused) return 1;
  return legs.some((leg) => scene.focus.leg.has(leg)) ? 2 : 0;
}

export function arrowCurve(points: Point[], arrow: Arrow): Curve {
  const a = points[arrow.from];
  const b = points[arrow.to];
  const distance = Math.hypot(b.x - a.x, b.y - a.y);
  const forward = arrow.from < arrow.to ? 1 : -1;
  const offset = laneOffset(arrow.lane, arrow.lanes, distance, 15) * forward;
  const gate = arrow.crossing === null ? null : points[arrow.crossing];
  let curve: Curve;
  if (gate && farFrom(gate, a) && farFrom(gate, b)) {
    const nx = (-(b.y - a.y) / (distance || 1)) * offset * 0.5;
    const ny = ((b.x - a.x) / (distance || 1)) * offset * 0.5;
    curve = bendThrough(a, b, { x: gate.x + nx, y: gate.y + ny });
  } else {
    curve = bend(a.x, a.y, b.x, b.y, offset + distance * 0.07 * forward);
  }
  return trim(curve, 6, 8);
}

function farFrom(a: Point, b: Point): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) > 6;
}

function drawArrows(surface: Surface, scene: MapScene, points: Point[]): DrawnArrow[] {
  const { width, height } = scene.frame;
  const found: { drawn: DrawnArrow; legs: number[]; level: number }[] = [];
  scene.model.arrows.forEach((arrow, at) => {
    const legs = shownLegs(scene, at);
    if (legs.length === 0) return;
    const a = points[arrow.from];
    const b = points[arrow.to];
    if (Math.max(a.x, b.x) < -80 || Math.min(a.x, b.x) > width + 80) return;
    if (Math.max(a.y, b.y) < -80 || Math.min(a.y, b.y) > height + 80) return;
    const stays = arrow.from === arrow.to;
    const curve = stays ? stayCurve(a, arrow.lane) : arrowCurve(points, arrow);
    found.push({ drawn: { arrow: at, curve, stays }, legs, level: legLevel(scene, legs) });
  });
  found.sort((one, two) => one.level - two.level);
  for (const { drawn, legs, level } of found) drawArrow(surface, scene, drawn, legs, level);
  return found.map((one) => one.drawn);
}

/** Loops of legs that stay at a place fan out around it. */
function stayCurve(at: Point, lane: number): Curve {
  const angle = Math.PI / 4 + lane * 0.95;
  const reach = 15;
  return {
    ax: at.x + Math.cos(angle) * 4,
    ay: at.y + Math.sin(angle) * 4,
    cx: at.x + Math.cos(angle) * reach,
    cy: at.y + Math.sin(angle) * reach,
    bx: at.x + Math.cos(angle) * reach * 1.6,
    by: at.y + Math.sin(angle) * reach * 1.6,
  };
}

function traceArrow(surface: Surface, drawn: DrawnArrow): void {
  const { curve } = drawn;
  surface.begin();
  if (drawn.stays) {
    surface.circle(curve.cx, curve.cy, 10);
    return;
  }
  surface.move(curve.ax, curve.ay);
  surface.quad(curve.cx, curve.cy, curve.bx, curve.by);
}

function drawArrow(
  surface: Surface,
  scene: MapScene,
  drawn: DrawnArrow,
  legs: number[],
  level: number,
): void {
  const { palette, model } = scene;
  const arrow = model.arrows[drawn.arrow];
  const group = groupOfStage(arrow.stage);
  const colour = palette.group[group];
  const alpha = level === 0 ? 0.14 : level === 1 ? 0.9 : 1;
  const width = 1.7 + Math.min(3.3, Math.log2(legs.length) * 0.75) + (level >= 2 ? 0.8 : 0);
  traceArrow(surface, drawn);
  if (arrow.crosses) surface.stroke({ colour, width: width + 6, alpha: alpha * 0.28, cap: "round" });
  else surface.stroke({ colour: palette.land, width: width + 2.4, alpha: alpha * 0.8 });
  strokeStage(surface, scene, arrow.stage, width, alpha);
  if (!drawn.stays) drawHead(surface, scene, drawn.curve, arrow, legs, width, alpha);
}

/** The line of a stage: colour, pattern, and for exploitation a double line. */
function strokeStage(
  surface: Surface,
  scene: MapScene,
  stage: string | null,
  width: number,
  alpha: number,
): void {
  const colour = scene.palette.group[groupOfStage(stage)];
  const double = stageIsDouble(stage);
  const dash = stageDash(stage);
  surface.stroke({ colour, width: double ? width + 2.2 : width, alpha, dash, cap: dotted(dash) });
  if (double) surface.stroke({ colour: scene.palette.land, width: Math.max(1.3, width * 0.5), alpha });
}

function dotted(dash: number[]): "round" | "butt" {
  return dash.length > 0 && dash[0] < 2 ? "round" : "butt";
}

function drawHead(
  surface: Surface,
  scene: MapScene,
  curve: Curve,
  arrow: Arrow,
  legs: number[],
  width: number,
  alpha: number,
): void {
  const group = groupOfStage(arrow.stage);
  const size = 8 + width * 1.3;
  const weak = legs.every((leg) => scene.model.legWeak[leg]);
  surface.begin();
  arrowHead(surface, curve.bx, curve.by, curve.bx - curve.cx, curve.by - curve.cy, size);
  surface.fill(weak ? scene.palette.land : scene.palette.group[group], alpha);
  surface.stroke({ colour: scene.palette.edge[group], width: 1, alpha });
}

/** Numbers come after the places and never cover one another: the busiest arrows first. */
function drawStageNumbers(
  surface: Surface,
  scene: MapScene,
  curves: DrawnArrow[],
  taken: Taken,
): void {
  const counted = curves
    .map((drawn): [number, DrawnArrow] => [shownLegs(scene, drawn.arrow).length, drawn])
    .filter(([, drawn]) => legLevel(scene, shownLegs(scene, drawn.arrow)) > 0)
    .sort((a, b) => b[0] - a[0] || a[1].arrow - b[1].arrow);
  for (const [count, drawn] of counted) {
    drawStageNumber(surface, scene, drawn, scene.model.arrows[drawn.arrow], count, taken);
  }
}

function drawStageNumber(
  surface: Surface,
  scene: MapScene,
  drawn: DrawnArrow,
  arrow: Arrow,
  count: number,
  taken: Taken,
): void {
  const { curve } = drawn;
  const length = Math.hypot(curve.bx - curve.ax, curve.by - curve.ay);
  const number = stageNumber(arrow.stage);
  if (number === 0 || (!drawn.stays && length < 30)) return;
  const group = groupOfStage(arrow.stage);
  const text = count > 1 ? `${number} ×${count}` : String(number);
  const half = count > 1 ? surface.measure(text, 9, true) / 2 + 4 : 6.5;
  const choices = drawn.stays
    ? [{ x: curve.bx, y: curve.by }]
    : [0.45, 0.58, 0.32, 0.7].map((t) => pointOn(curve, t));
  const box = placeLabel(
    taken,
    choices.map(({ x, y }) => ({ left: x - half, top: y - 7, right: x + half, bottom: y + 7 })),
    scene.frame.width,
    scene.frame.height,
  );
  if (!box) return;
  const at = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  surface.begin();
  pill(surface, at.x, at.y, half, 6.5);
  surface.fill(scene.palette.paper);
  surface.stroke({ colour: scene.palette.edge[group], width: 1.2 });
  surface.text(text, at.x, at.y + 0.5, {
    colour: scene.palette.ink,
    size: 9,
    bold: true,
    align: "center",
  });
}

function pill(surface: Surface, x: number, y: number, half: number, radius: number): void {
  if (half <= radius) {
    surface.circle(x, y, radius);
    return;
  }
  const k = radius * 0.55;
  surface.move(x - half + radius, y - radius);
  surface.line(x + half - radius, y - radius);
  surface.cubic(x + half - radius + k, y - radius, x + half, y - k, x + half, y);
  surface.cubic(x + half, y + k, x + half - radius + k, y + radius, x + half - radius, y + radius);
  surface.line(x - half + radius, y + radius);
  surface.cubic(x - half + radius - k, y + radius, x - half, y + k, x - half, y);
  surface.cubic(x - half, y - k, x - half + radius - k, y - radius, x - half + radius, y - radius);
  surface.close();
}

// Places

function placesInView(scene: MapScene, points: Point[]): number[] {
  const { width, height } = scene.frame;
  const found: number[] = [];
  points.forEach((point, place) => {
    if (!scene.visible.place[place]) return;
    if (point.x < -10 || point.y < -10 || point.x > width + 10 || point.y > height + 10) return;
    found.push(place);
  });
  return found.sort((a, b) => gateLast(scene, a) - gateLast(scene, b) || a - b);
}

function gateLast(scene: MapScene, place: number): number {
  return scene.model.page.places.gate[place] ? 1 : 0;
}

function placeLevel(scene: MapScene, place: number): number {
  if (!scene.focused) return 1;
  return scene.focus.place.has(place) || scene.hover.place.has(place) ? 2 : 0;
}

export function placeRadius(scene: MapScene, place: number): number {
  const legs = scene.model.legsAt[place].length;
  return 3.6 + Math.min(3.4, Math.log2(1 + legs) * 0.7);
}

function drawPlace(surface: Surface, scene: MapScene, place: number, point: Point): void {
  const { palette, model } = scene;
  const radius = placeRadius(scene, place);
  const alpha = placeLevel(scene, place) === 0 ? 0.25 : 1;
  const chosen = scene.focus.place.get(place) === 2;
  if (chosen || scene.hover.place.get(place) === 2) {
    surface.begin();
    surface.circle(point.x, point.y, radius + 7);
    surface.fill(palette.accent, chosen ? 0.2 : 0.12);
    surface.stroke({ colour: palette.accent, width: chosen ? 2.5 : 1.5 });
  }
  const approximate = model.page.places.approximate[place] === 1;
  if (model.page.places.gate[place]) {
    const irregular = model.page.places.kind[place] === "unofficial_crossing";
    const size = gateSize(scene);
    drawGate(surface, palette, point.x, point.y, { irregular, approximate, alpha, size });
  } else {
    drawDot(surface, palette, point.x, point.y, radius, approximate, alpha);
  }
}

export function drawDot(
  surface: Surface,
  palette: Palette,
  x: number,
  y: number,
  radius: number,
  approximate: boolean,
  alpha: number,
): void {
  surface.begin();
  surface.circle(x, y, radius);
  surface.fill(approximate ? palette.land : palette.ink, alpha);
  const dash = approximate ? [2.4, 1.8] : undefined;
  const colour = approximate ? palette.ink : palette.land;
  surface.stroke({ colour, width: 1.3, alpha, dash });
}

/** Gates shrink a little from afar, where many stand close together. */
function gateSize(scene: MapScene): number {
  return Math.max(0.68, Math.min(1, scene.frame.camera.scale / 45));
}

export interface GateStyle {
  size: number;
  irregular: boolean;
  approximate: boolean;
  alpha: number;
}

/** Two posts under a beam; a broken, hollow one where nobody keeps the gate. */
export function drawGate(
  surface: Surface,
  palette: Palette,
  x: number,
  y: number,
  style: GateStyle,
): void {
  const { alpha, size } = style;
  const edgeOf = 9 * size;
  surface.begin();
  surface.move(x - edgeOf, y - edgeOf);
  surface.line(x + edgeOf, y - edgeOf);
  surface.line(x + edgeOf, y + edgeOf);
  surface.line(x - edgeOf, y + edgeOf);
  surface.close();
  surface.fill(style.irregular ? palette.land : palette.ink, alpha);
  const dash = style.irregular || style.approximate ? [3, 2] : undefined;
  const edge = style.irregular || style.approximate ? palette.ink : palette.land;
  surface.stroke({ colour: edge, width: 1.3, alpha, dash });
  surface.begin();
  surface.move(x - 6.5 * size, y - 4 * size);
  surface.line(x + 6.5 * size, y - 4 * size);
  surface.move(x - 4 * size, y - 4 * size);
  surface.line(x - 4 * size, y + 6 * size);
  surface.move(x + 4 * size, y - 4 * size);
  surface.line(x + 4 * size, y + 6 * size);
  surface.stroke({ colour: style.irregular ? palette.ink : palette.land, width: 2 * size, alpha });
}

// Labels

function drawLabels(
  surface: Surface,
  scene: MapScene,
  points: Point[],
  inView: number[],
  taken: Taken,
): number {
  const { places } = scene.model.page;
  for (const place of inView) {
    const reach = places.gate[place] ? 8 : placeRadius(scene, place) * 0.8;
    const { x, y } = points[place];
    taken.take({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach });
  }
  const wanted = inView
    .filter((place) => placeLevel(scene, place) > 0)
    .map((place): [number, number] => [placePriority(scene, place), place])
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  let drawn = 0;
  for (const [priority, place] of wanted) {
    drawn += drawPlaceLabel(surface, scene, taken, points[place], place, priority >= 8000);
  }
  drawn += drawAreaLabels(surface, scene, taken, scene.base.countries, true);
  return drawn + drawAreaLabels(surface, scene, taken, scene.base.provinces, false);
}

function placePriority(scene: MapScene, place: number): number {
  if (scene.focus.place.get(place) === 2) return 9000;
  if (scene.hover.place.get(place) === 2) return 8000;
  const linked = scene.focus.place.has(place) || scene.hover.place.has(place) ? 4000 : 0;
  return linked + (gateLast(scene, place) ? 1000 : 0) + Math.min(900, scene.model.legsAt[place].length);
}

function drawPlaceLabel(
  surface: Surface,
  scene: MapScene,
  taken: Taken,
  point: Point,
  place: number,
  strong: boolean,
): number {
  const { frame, palette, model } = scene;
  const gate = model.page.places.gate[place] === 1;
  const size = strong ? 12.5 : 11.5;
  const text = shorten(model.page.places.label[place], strong ? 60 : 26);
  const width = surface.measure(text, size, strong || gate);
  const reach = gate ? 9 : placeRadius(scene, place);
  const choices = placesBeside(point.x, point.y, reach, width, size + 3);
  const box = placeLabel(taken, choices, frame.width, frame.height);
  if (!box) return 0;
  surface.text(text, box.left, (box.top + box.bottom) / 2, {
    colour: palette.ink,
    size,
    bold: strong || gate,
    halo: palette.land,
  });
  return 1;
}

function drawAreaLabels(
  surface: Surface,
  scene: MapScene,
  taken: Taken,
  lands: Land[],
  country: boolean,
): number {
  const { frame, palette } = scene;
  let drawn = 0;
  for (const land of lands) {
    if (!land.at || (!country && widthOf(scene, land) < 60)) continue;
    const text = country ? scene.label(land.area).toUpperCase() : scene.label(land.area);
    const size = country ? 12.5 : 10.5;
    const width = surface.measure(text, size, country);
    const { x, y } = toScreen(frame, land.at.x, land.at.y);
    const box = placeLabel(
      taken,
      [{ left: x - width / 2, top: y - 8, right: x + width / 2, bottom: y + 8 }],
      frame.width,
      frame.height,
    );
    if (!box) continue;
    surface.text(text, box.left, y, {
      colour: palette.mapText,
      size,
      bold: country,
      halo: palette.land,
    });
    drawn += 1;
  }
  return drawn;
}

function widthOf(scene: MapScene, land: Land): number {
  const spans = land.outlines.map((outline) => outline.right - outline.left);
  return Math.max(0, ...spans) * scene.frame.camera.scale;
}
