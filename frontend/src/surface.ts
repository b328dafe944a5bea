/** What a drawing may ask for; a canvas and an SVG both answer, so a picture is written once. */

export interface Stroke {
  colour: string;
  width: number;
  dash?: number[];
  alpha?: number;
  cap?: "butt" | "round";
}

export interface TextStyle {
  colour: string;
  size: number;
  bold?: boolean;
  italic?: boolean;
  align?: "left" | "center" | "right";
  halo?: string;
  spacing?: number;
  alpha?: number;
}

export interface Surface {
  begin(): void;
  move(x: number, y: number): void;
  line(x: number, y: number): void;
  quad(cx: number, cy: number, x: number, y: number): void;
  cubic(cx: number, cy: number, dx: number, dy: number, x: number, y: number): void;
  circle(x: number, y: number, radius: number): void;
  close(): void;
  fill(colour: string, alpha?: number, evenodd?: boolean): void;
  stroke(stroke: Stroke): void;
  text(text: string, x: number, y: number, style: TextStyle): void;
  measure(text: string, size: number, bold?: boolean): number;
}

export const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", Arial, sans-serif';

function fontOf(size: number, bold?: boolean, italic?: boolean): string {
  return `${italic ? "italic " : ""}${bold ? "600 " : ""}${size}px ${FONT}`;
}

const widths = new Map<string, number>();
let ruler: CanvasRenderingContext2D | null = null;

/** Width of a text in pixels; remembered, because measuring is what labels spend their time on. */
export function measureText(text: string, size: number, bold?: boolean): number {
  const key = `${size}${bold ? "b" : ""}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (!ruler) ruler = document.createElement("canvas").getContext("2d");
  if (!ruler) return text.length * size * 0.55;
  ruler.font = fontOf(size, bold);
  const width = ruler.measureText(text).width;
  if (widths.size > 20000) widths.clear();
  widths.set(key, width);
  return width;
}

export class CanvasSurface implements Surface {
  constructor(private readonly context: CanvasRenderingContext2D) {}

  begin(): void {
    this.context.beginPath();
  }
  move(x: number, y: number): void {
    this.context.moveTo(x, y);
  }
  line(x: number, y: number): void {
    this.context.lineTo(x, y);
  }
  quad(cx: number, cy: number, x: number, y: number): void {
    this.context.quadraticCurveTo(cx, cy, x, y);
  }
  cubic(cx: number, cy: number, dx: number, dy: number, x: number, y: number): void {
    this.context.bezierCurveTo(cx, cy, dx, dy, x, y);
  }
  circle(x: number, y: number, radius: number): void {
    this.context.moveTo(x + radius, y);
    this.context.arc(x, y, radius, 0, Math.PI * 2);
  }
  close(): void {
    this.context.closePath();
  }
  fill(colour: string, alpha = 1, evenodd = false): void {
    this.context.globalAlpha = alpha;
    this.context.fillStyle = colour;
    this.context.fill(evenodd ? "evenodd" : "nonzero");
    this.context.globalAlpha = 1;
  }
  stroke(stroke: Stroke): void {
    const context = this.context;
    context.globalAlpha = stroke.alpha === undefined ? 1 : stroke.alpha;
    context.strokeStyle = stroke.colour;
    context.lineWidth = stroke.width;
    context.lineCap = stroke.cap || "butt";
    context.lineJoin = "round";
    context.setLineDash(stroke.dash || []);
    context.stroke();
    context.globalAlpha = 1;
  }
  text(text: string, x: number, y: number, style: TextStyle): void {
    const context = this.context;
    context.font = fontOf(style.size, style.bold, style.italic);
    context.textAlign = style.align || "left";
    context.textBaseline = "middle";
    context.globalAlpha = style.alpha === undefined ? 1 : style.alpha;
    if (style.halo) {
      context.setLineDash([]);
      context.lineJoin = "round";
      context.lineWidth = 3;
      context.strokeStyle = style.halo;
      context.strokeText(text, x, y);
    }
    context.fillStyle = style.colour;
    context.fillText(text, x, y);
    context.globalAlpha = 1;
  }
  measure(text: string, size: number, bold?: boolean): number {
    return measureText(text, size, bold);
  }
}

const SVG = "http://www.w3.org/2000/svg";

export function svgElement(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Builds SVG elements, so text is text; only presentation attributes, as the page forbids styles. */
export class SvgSurface implements Surface {
  readonly root: SVGElement;
  private path: string[] = [];

  constructor(width: number, height: number, background?: string) {
    this.root = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
    if (background) {
      this.root.appendChild(svgElement("rect", { width, height, fill: background }));
    }
  }

  begin(): void {
    this.path = [];
  }
  move(x: number, y: number): void {
    this.path.push(`M${round(x)} ${round(y)}`);
  }
  line(x: number, y: number): void {
    this.path.push(`L${round(x)} ${round(y)}`);
  }
  quad(cx: number, cy: number, x: number, y: number): void {
    this.path.push(`Q${round(cx)} ${round(cy)} ${round(x)} ${round(y)}`);
  }
  cubic(cx: number, cy: number, dx: number, dy: number, x: number, y: number): void {
    this.path.push(
      `C${round(cx)} ${round(cy)} ${round(dx)} ${round(dy)} ${round(x)} ${round(y)}`,
    );
  }
  circle(x: number, y: number, radius: number): void {
    const r = round(radius);
    const right = round(x + radius);
    const left = round(x - radius);
    this.path.push(`M${right} ${round(y)}A${r} ${r} 0 1 1 ${left} ${round(y)}`);
    this.path.push(`A${r} ${r} 0 1 1 ${right} ${round(y)}Z`);
  }
  close(): void {
    this.path.push("Z");
  }
  fill(colour: string, alpha = 1, evenodd = false): void {
    const attributes: Record<string, string | number> = { d: this.path.join(""), fill: colour };
    if (evenodd) attributes["fill-rule"] = "evenodd";
    if (alpha !== 1) attributes["fill-opacity"] = alpha;
    if (this.path.length) this.root.appendChild(svgElement("path", attributes));
  }
  stroke(stroke: Stroke): void {
    if (!this.path.length) return;
    const attributes: Record<string, string | number> = {
      d: this.path.join(""),
      fill: "none",
      stroke: stroke.colour,
      "stroke-width": round(stroke.width),
      "stroke-linejoin": "round",
    };
    if (stroke.dash && stroke.dash.length) attributes["stroke-dasharray"] = stroke.dash.join(" ");
    if (stroke.alpha !== undefined) attributes["stroke-opacity"] = stroke.alpha;
    if (stroke.cap) attributes["stroke-linecap"] = stroke.cap;
    this.root.appendChild(svgElement("path", attributes));
  }
  text(text: string, x: number, y: number, style: TextStyle): void {
    const anchor = style.align === "center" ? "middle" : style.align === "right" ? "end" : "start";
    const attributes: Record<string, string | number> = {
      x: round(x),
      y: round(y + style.size * 0.35),
      "font-family": FONT,
      "font-size": style.size,
      "text-anchor": anchor,
      fill: style.colour,
    };
    if (style.bold) attributes["font-weight"] = 600;
    if (style.italic) attributes["font-style"] = "italic";
    if (style.alpha !== undefined) attributes["fill-opacity"] = style.alpha;
    if (style.halo) {
      attributes["stroke"] = style.halo;
      attributes["stroke-width"] = 3;
      attributes["stroke-linejoin"] = "round";
      attributes["paint-order"] = "stroke";
    }
    const made = svgElement("text", attributes);
    made.textContent = text;
    this.root.appendChild(made);
  }
  measure(text: string, size: number, bold?: boolean): number {
    return measureText(text, size, bold);
  }
}
