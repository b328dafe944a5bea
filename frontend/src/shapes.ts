/** The mark of each kind of party, drawn the same on the canvas, in the legend and on paper. */
import type { Model } from "./model";
import type { Surface } from "./surface";
import type { Group, Palette } from "./theme";

export type Shape =
  | "offender"
  | "victim"
  | "both"
  | "other"
  | "unknown"
  | "organisation"
  | "place"
  | "identifier"
  | "case";

export function shapeOf(model: Model, party: number): Shape {
  const type = model.page.parties.type[party];
  if (type !== "person") return type;
  return model.page.parties.side[party] || "unknown";
}

export interface MarkStyle {
  shape: Shape;
  group: Group;
  radius: number;
  palette: Palette;
  alpha: number;
}

export function drawMark(surface: Surface, x: number, y: number, style: MarkStyle): void {
  if (style.shape === "both") drawHalves(surface, x, y, style);
  else drawWhole(surface, x, y, style);
}

function drawWhole(surface: Surface, x: number, y: number, style: MarkStyle): void {
  const { palette, shape, radius, alpha } = style;
  const person = isPerson(shape);
  const small = radius < 3.4;
  outline(surface, shape, x, y, radius);
  if (alpha < 1) surface.fill(palette.background);
  surface.fill(person ? palette.group[style.group] : palette.thing, alpha);
  const colour = person ? palette.edge[style.group] : palette.edge.neutral;
  const dash = shape === "unknown" && !small ? [2.5, 2] : undefined;
  surface.stroke({ colour, width: small ? 0.8 : 1.3, alpha, dash });
  if (shape === "victim" && !small) secondOutline(surface, x, y, style);
  if (!person && radius >= 5) inside(surface, x, y, style);
}

function secondOutline(surface: Surface, x: number, y: number, style: MarkStyle): void {
  surface.begin();
  diamond(surface, x, y, style.radius * 1.22 + 3.2);
  surface.stroke({ colour: style.palette.edge.victim, width: 1.3, alpha: style.alpha });
}

function drawHalves(surface: Surface, x: number, y: number, style: MarkStyle): void {
  const { palette, radius, alpha } = style;
  const group = style.group === "victim" ? "neutral" : style.group;
  const half = radius * 0.92;
  const reach = radius * 1.22;
  surface.begin();
  surface.move(x, y - half);
  surface.line(x - half, y - half);
  surface.line(x - half, y + half);
  surface.line(x, y + half);
  surface.close();
  if (alpha < 1) surface.fill(palette.background);
  surface.fill(palette.group[group], alpha);
  surface.stroke({ colour: palette.edge[group], width: 1.2, alpha });
  surface.begin();
  surface.move(x, y - reach);
  surface.line(x + reach, y);
  surface.line(x, y + reach);
  surface.close();
  if (alpha < 1) surface.fill(palette.background);
  surface.fill(palette.group.victim, alpha);
  surface.stroke({ colour: palette.edge.victim, width: 1.2, alpha });
  if (radius < 3.4) return;
  surface.begin();
  surface.move(x + 1.5, y - reach - 3);
  surface.line(x + reach + 3.2, y);
  surface.line(x + 1.5, y + reach + 3);
  surface.stroke({ colour: palette.edge.victim, width: 1.3, alpha });
}

/** Small signs inside the marks of things, so that each can be told from the next. */
function inside(surface: Surface, x: number, y: number, style: MarkStyle): void {
  const { radius, palette, alpha } = style;
  surface.begin();
  if (style.shape === "place") {
    surface.circle(x, y - radius * 0.22, radius * 0.3);
  } else if (style.shape === "identifier") {
    for (const step of [-0.6, 0, 0.6]) surface.circle(x + step * radius, y, radius * 0.13);
  } else if (style.shape === "case") {
    for (const step of [-0.2, 0.2, 0.6]) {
      surface.move(x - radius * 0.42, y + step * radius);
      surface.line(x + radius * 0.42, y + step * radius);
    }
  } else if (style.shape === "organisation") {
    surface.move(x, y - radius * 0.45);
    surface.line(x, y + radius * 0.45);
    surface.move(x - radius * 0.45, y);
    surface.line(x + radius * 0.45, y);
  }
  surface.stroke({ colour: palette.edge.neutral, width: 1.1, alpha });
}

export function isPerson(shape: Shape): boolean {
  return ["offender", "victim", "both", "other", "unknown"].includes(shape);
}

/** Draws many small marks of one colour at once; from afar that is what a picture costs. */
export function drawSmallMarks(
  surface: Surface,
  marks: { x: number; y: number; radius: number; shape: Shape }[],
  group: Group,
  person: boolean,
  palette: Palette,
  alpha: number,
): void {
  surface.begin();
  for (const { shape, x, y, radius } of marks) traceSmall(surface, shape, x, y, radius);
  surface.fill(person ? palette.group[group] : palette.thing, alpha);
  const colour = person ? palette.edge[group] : palette.edge.neutral;
  surface.stroke({ colour, width: 0.8, alpha });
}

/** Plain corners, and a line back instead of closing: closing in a long path is very slow. */
const SMALL: Partial<Record<Shape, [number, number][]>> = {
  offender: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  victim: [[0, -1.22], [1.22, 0], [0, 1.22], [-1.22, 0]],
  organisation: [[-1, 0], [-0.5, -0.9], [0.5, -0.9], [1, 0], [0.5, 0.9], [-0.5, 0.9]],
  place: [[-0.9, -0.8], [0.9, -0.8], [0, 1.1]],
  identifier: [[-1.2, -0.65], [1.2, -0.65], [1.2, 0.65], [-1.2, 0.65]],
  case: [[-0.8, -1.05], [0.8, -1.05], [0.8, 1.05], [-0.8, 1.05]],
};

function traceSmall(surface: Surface, shape: Shape, x: number, y: number, r: number): void {
  const corners = SMALL[shape];
  if (!corners) {
    surface.circle(x, y, r);
    return;
  }
  surface.move(x + corners[0][0] * r, y + corners[0][1] * r);
  for (let at = corners.length - 1; at >= 0; at -= 1) {
    surface.line(x + corners[at][0] * r, y + corners[at][1] * r);
  }
}

/** The outline alone; also used for rings of light around a chosen party. */
export function outline(surface: Surface, shape: Shape, x: number, y: number, r: number): void {
  surface.begin();
  traceOutline(surface, shape, x, y, r);
}

function traceOutline(surface: Surface, shape: Shape, x: number, y: number, r: number): void {
  if (shape === "offender" || shape === "both") roundedBox(surface, x, y, r * 0.9, r * 0.9, r * 0.28);
  else if (shape === "victim") diamond(surface, x, y, r * 1.22);
  else if (shape === "organisation") hexagon(surface, x, y, r * 1.08);
  else if (shape === "place") pin(surface, x, y, r);
  else if (shape === "identifier") roundedBox(surface, x, y, r * 1.25, r * 0.68, r * 0.6);
  else if (shape === "case") sheet(surface, x, y, r);
  else surface.circle(x, y, r);
}

function diamond(surface: Surface, x: number, y: number, r: number): void {
  surface.move(x, y - r);
  surface.line(x + r, y);
  surface.line(x, y + r);
  surface.line(x - r, y);
  surface.close();
}

function hexagon(surface: Surface, x: number, y: number, r: number): void {
  for (let corner = 0; corner < 6; corner += 1) {
    const angle = (corner * Math.PI) / 3;
    const px = x + r * Math.cos(angle);
    const py = y + r * Math.sin(angle);
    if (corner === 0) surface.move(px, py);
    else surface.line(px, py);
  }
  surface.close();
}

function pin(surface: Surface, x: number, y: number, r: number): void {
  surface.move(x, y + r * 1.2);
  surface.cubic(x - r * 0.35, y + r * 0.65, x - r * 0.92, y + r * 0.25, x - r * 0.92, y - r * 0.25);
  surface.cubic(x - r * 0.92, y - r * 1.35, x + r * 0.92, y - r * 1.35, x + r * 0.92, y - r * 0.25);
  surface.cubic(x + r * 0.92, y + r * 0.25, x + r * 0.35, y + r * 0.65, x, y + r * 1.2);
  surface.close();
}

function sheet(surface: Surface, x: number, y: number, r: number): void {
  const w = r * 0.82;
  const h = r * 1.08;
  const fold = r * 0.5;
  surface.move(x - w, y - h);
  surface.line(x + w - fold, y - h);
  surface.line(x + w, y - h + fold);
  surface.line(x + w, y + h);
  surface.line(x - w, y + h);
  surface.close();
}

export function roundedBox(
  surface: Surface,
  x: number,
  y: number,
  w: number,
  h: number,
  corner: number,
): void {
  const c = Math.min(corner, w, h);
  surface.move(x - w + c, y - h);
  surface.line(x + w - c, y - h);
  surface.quad(x + w, y - h, x + w, y - h + c);
  surface.line(x + w, y + h - c);
  surface.quad(x + w, y + h, x + w - c, y + h);
  surface.line(x - w + c, y + h);
  surface.quad(x - w, y + h, x - w, y + h - c);
  surface.line(x - w, y - h + c);
  surface.quad(x - w, y - h, x - w + c, y - h);
  surface.close();
}

/** A filled arrow head with its tip at (x, y), pointing along (dx, dy). */
export function arrowHead(
  surface: Surface,
  x: number,
  y: number,
  dx: number,
  dy: number,
  size: number,
): void {
  const length = Math.hypot(dx, dy) || 1;
  const ux = dx / length;
  const uy = dy / length;
  surface.move(x, y);
  surface.line(x - ux * size - uy * size * 0.45, y - uy * size + ux * size * 0.45);
  surface.line(x - ux * size + uy * size * 0.45, y - uy * size - ux * size * 0.45);
  surface.line(x, y);
}
