/** Saves what is on the screen as a picture that says what it is: title, filters, caution, credit. */
import type { App } from "./app";
import { element } from "./dom";
import { counterText, filtersInWords } from "./filter-panel";
import type { MapPane } from "./map-pane";
import type { RingPane } from "./ring-pane";
import { CanvasSurface, measureText, type Surface, SvgSurface } from "./surface";
import type { Palette } from "./theme";

export type Which = "ring" | "map";

const HEAD = 34;
const LINE = 17;

/** A surface that draws a little lower, under the title of the picture. */
function lowered(surface: Surface, by: number): Surface {
  return {
    begin: () => surface.begin(),
    move: (x, y) => surface.move(x, y + by),
    line: (x, y) => surface.line(x, y + by),
    quad: (cx, cy, x, y) => surface.quad(cx, cy + by, x, y + by),
    cubic: (cx, cy, dx, dy, x, y) => surface.cubic(cx, cy + by, dx, dy + by, x, y + by),
    circle: (x, y, radius) => surface.circle(x, y + by, radius),
    close: () => surface.close(),
    fill: (colour, alpha, evenodd) => surface.fill(colour, alpha, evenodd),
    stroke: (stroke) => surface.stroke(stroke),
    text: (text, x, y, style) => surface.text(text, x, y + by, style),
    measure: (text, size, bold) => surface.measure(text, size, bold),
  };
}

/** The lines under a picture, broken where they would run out of it. */
function captions(app: App, which: Which, width: number): string[] {
  const broken: string[] = [];
  for (const text of captionTexts(app, which)) {
    let line = "";
    for (const word of text.split(" ")) {
      if (line && measureText(`${line} ${word}`, 11) > width - 24) {
        broken.push(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    broken.push(line);
  }
  return broken;
}

function captionTexts(app: App, which: Which): string[] {
  const { words, model } = app;
  const { page } = model;
  const lines = [counterText(app)];
  const filters = filtersInWords(app);
  if (filters.length) lines.push(`${words.say("printFilters")}: ${filters.join("; ")}`);
  lines.push(words.say(page.victims_shown ? "victimsShown" : "victimsHidden"));
  if (page.notices.length) lines.push(words.pick(page.notices[0]));
  if (which === "map") lines.push(...mapNotes(app));
  return lines;
}

/** What a map must say about itself: what it leaves out, and whose borders it shows. */
export function mapNotes(app: App): string[] {
  const { words, model } = app;
  const { unplaced, basemap } = model.page;
  const notes: string[] = model.legCount === 0 ? [words.say("noLegs")] : [];
  if (unplaced.legs) notes.push(words.say("unplacedLegs", { n: words.number(unplaced.legs) }));
  if (unplaced.places) notes.push(words.say("unplacedPlaces", { n: words.number(unplaced.places) }));
  if (!unplaced.legs && !unplaced.places) notes.push(words.say("allPlaced"));
  if (basemap) {
    notes.push(`${words.say("credit", { credit: basemap.credit })} ${words.say("bordersCaution")}`);
  }
  return notes;
}

function band(surface: Surface, top: number, width: number, height: number, colour: string): void {
  surface.begin();
  surface.move(0, top);
  surface.line(width, top);
  surface.line(width, top + height);
  surface.line(0, top + height);
  surface.close();
  surface.fill(colour);
}

function compose(
  app: App,
  pane: RingPane | MapPane,
  which: Which,
  surface: Surface,
  width: number,
  height: number,
  palette: Palette,
): void {
  const lines = captions(app, which, width);
  pane.picture(lowered(surface, HEAD), width, height, palette);
  band(surface, 0, width, HEAD, palette.paper);
  band(surface, HEAD + height, width, lines.length * LINE + 12, palette.paper);
  const name = app.words.say(which === "ring" ? "ringPane" : "routePane");
  surface.text(`${app.model.page.title} · ${name}`, 12, HEAD / 2, {
    colour: palette.ink,
    size: 14,
    bold: true,
  });
  lines.forEach((line, at) =>
    surface.text(line, 12, HEAD + height + 14 + at * LINE, { colour: palette.quiet, size: 11 }),
  );
}

export function savePicture(
  app: App,
  pane: RingPane | MapPane,
  which: Which,
  form: "png" | "svg",
): void {
  const { width, height } = pane.pane.frame();
  const palette = app.palette();
  const whole = HEAD + height + captions(app, which, width).length * LINE + 12;
  const name = `${fileName(app.model.page.title)}-${which}.${form}`;
  if (form === "svg") {
    const surface = new SvgSurface(width, whole, palette.background);
    surface.root.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    compose(app, pane, which, surface, width, height, palette);
    const text = new XMLSerializer().serializeToString(surface.root);
    download(new Blob([text], { type: "image/svg+xml" }), name);
    return;
  }
  const canvas = element("canvas", { width: Math.round(width * 2), height: Math.round(whole * 2) });
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(2, 2);
  context.fillStyle = palette.background;
  context.fillRect(0, 0, width, whole);
  compose(app, pane, which, new CanvasSurface(context), width, height, palette);
  canvas.toBlob((blob) => blob && download(blob, name), "image/png");
}

function fileName(title: string): string {
  const safe = title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return safe.slice(0, 60) || "ringmap";
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: name, hidden: true });
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 20000);
}
