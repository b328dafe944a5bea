/** The legend of what is really in the pictures: shapes, colours, lines. */
import type { App } from "./app";
import { element, replace } from "./dom";
import { icon } from "./icons";
import { drawDot, drawGate } from "./map-drawing";
import { arrowHead, drawMark, isPerson, type Shape, shapeOf } from "./shapes";
import type { Surface } from "./surface";
import {
  type Group,
  groupOfStage,
  groupOfTie,
  type Palette,
  stageDash,
  stageIsDouble,
  stageNumber,
} from "./theme";
import type { Word } from "./words";

interface Entry {
  picture: SVGElement;
  text: string;
}

interface Block {
  title: string;
  entries: Entry[];
}

/** The legend names so many rings; the overview lists all. */
const MOST_RINGS = 8;

const SHAPES: [Shape, Word | null][] = [
  ["offender", "shapeOffender"],
  ["victim", "shapeVictim"],
  ["both", "shapeBoth"],
  ["other", "shapeOther"],
  ["unknown", "shapeUnknown"],
  ["organisation", null],
  ["place", null],
  ["identifier", null],
  ["case", null],
];

const GROUPS: [Group, Word][] = [
  ["organiser", "groupOrganiser"],
  ["recruitment", "groupRecruitment"],
  ["transport", "groupTransport"],
  ["crossing", "groupCrossing"],
  ["harbouring", "groupHarbouring"],
  ["exploitation", "groupExploitation"],
  ["finance", "groupFinance"],
  ["support", "groupSupport"],
  ["victim", "groupVictim"],
  ["neutral", "groupNeutral"],
];

export function ringBlocks(app: App, palette: Palette): Block[] {
  return [
    shapeBlock(app, palette),
    colourBlock(app, palette),
    tieBlock(app, palette),
    namesBlock(app, palette),
  ].filter(
    (block) => block.entries.length > 0,
  );
}

function shapeBlock(app: App, palette: Palette): Block {
  const { words, model } = app;
  const present = new Set(model.page.parties.id.map((_, party) => shapeOf(model, party)));
  const entries = SHAPES.filter(([shape]) => present.has(shape)).map(([shape, word]): Entry => {
    const group: Group = shape === "victim" ? "victim" : isPerson(shape) ? "neutral" : "neutral";
    const radius = shape === "victim" || shape === "both" ? 5 : 6.5;
    return {
      picture: icon(22, 18, (surface) =>
        drawMark(surface, 11, 9, { shape, group, radius, palette, alpha: 1 }),
      ),
      text: word ? words.say(word) : words.code("party", shape),
    };
  });
  return { title: words.say("legendShapes"), entries };
}

function colourBlock(app: App, palette: Palette): Block {
  const { words, model } = app;
  const present = new Set<Group>();
  model.group.forEach((group, party) => {
    if (model.page.parties.type[party] === "person") present.add(group);
  });
  model.page.ties.kind.forEach((kind) => present.add(groupOfTie(kind)));
  const entries = GROUPS.filter(([group]) => present.has(group)).map(([group, word]): Entry => ({
    picture: icon(22, 18, (surface) => {
      drawMark(surface, 11, 9, { shape: "other", group, radius: 6, palette, alpha: 1 });
    }),
    text: words.say(word),
  }));
  return { title: words.say("legendColours"), entries };
}

function lineIcon(
  palette: Palette,
  width: number,
  dash: number[],
  head: boolean,
): SVGElement {
  return icon(34, 18, (surface) => {
    surface.begin();
    surface.move(2, 9);
    surface.line(head ? 26 : 32, 9);
    surface.stroke({ colour: palette.edge.neutral, width, dash });
    if (!head) return;
    surface.begin();
    arrowHead(surface, 32, 9, 1, 0, 8);
    surface.fill(palette.edge.neutral);
  });
}

function tieBlock(app: App, palette: Palette): Block {
  const { words, model } = app;
  const { ties, rings, parties } = model.page;
  const entries: Entry[] = [];
  const add = (when: boolean, picture: () => SVGElement, word: Word): void => {
    if (when) entries.push({ picture: picture(), text: words.say(word) });
  };
  add(ties.directed.some((one) => one === 1), () => lineIcon(palette, 1.6, [], true), "legendDirected");
  add(ties.directed.some((one) => one !== 1), () => lineIcon(palette, 1.6, [], false), "legendUndirected");
  add(model.widest > 1, () => wideIcon(palette), "legendWide");
  add(model.tieWeak.some(Boolean), () => lineIcon(palette, 1.6, [5, 4], false), "legendDoubt");
  add(parties.rank.some((rank) => rank !== null), () => badgeIcon(palette), "legendBadge");
  add(rings.length > 0, () => hullIcon(palette), "legendHull");
  add(model.partyCount > 1, () => sizeIcon(palette), "legendSize");
  return { title: words.say("legendTies"), entries };
}

/** The largest rings by the colour of their hull and the name of place and purpose. */
function namesBlock(app: App, palette: Palette): Block {
  const { words, model } = app;
  const entries = model.page.rings.slice(0, MOST_RINGS).flatMap((ring, at): Entry[] => {
    if (!ring.called) return [];
    return [{ picture: hullIcon(palette, at), text: words.ring(ring) }];
  });
  return { title: words.say("rings"), entries };
}

function wideIcon(palette: Palette): SVGElement {
  return icon(34, 18, (surface) => {
    surface.begin();
    surface.move(2, 7.5);
    surface.line(32, 3);
    surface.line(32, 15);
    surface.line(2, 9.5);
    surface.close();
    surface.fill(palette.edge.neutral, 0.75);
  });
}

function badgeIcon(palette: Palette): SVGElement {
  return icon(22, 18, (surface) => {
    surface.begin();
    surface.circle(11, 9, 7);
    surface.fill(palette.ink);
    surface.text("1", 11, 9.3, { colour: palette.background, size: 10, bold: true, align: "center" });
  });
}

function hullIcon(palette: Palette, ring = 0): SVGElement {
  return icon(22, 18, (surface) => {
    surface.begin();
    surface.circle(11, 9, 8);
    const colour = palette.hulls[ring % palette.hulls.length];
    surface.fill(colour, 0.16);
    surface.stroke({ colour, width: 1, alpha: 0.6 });
  });
}

function sizeIcon(palette: Palette): SVGElement {
  return icon(34, 18, (surface) => {
    const style = { shape: "offender" as Shape, group: "neutral" as Group, palette, alpha: 1 };
    drawMark(surface, 8, 9, { ...style, radius: 4 });
    drawMark(surface, 24, 9, { ...style, radius: 8 });
  });
}

export function mapBlocks(app: App, palette: Palette): Block[] {
  const blocks = [stageBlock(app, palette), placeBlock(app, palette)];
  return blocks.filter((block) => block.entries.length > 0);
}

function stageIcon(palette: Palette, stage: string | null): SVGElement {
  return icon(46, 18, (surface) => {
    const colour = palette.group[groupOfStage(stage)];
    const dash = stageDash(stage);
    surface.begin();
    surface.move(16, 9);
    surface.line(38, 9);
    const double = stageIsDouble(stage);
    const cap = dash.length && dash[0] < 2 ? "round" : "butt";
    surface.stroke({ colour, width: double ? 5 : 2.4, dash, cap });
    if (double) surface.stroke({ colour: palette.land, width: 1.6 });
    surface.begin();
    arrowHead(surface, 45, 9, 1, 0, 9);
    surface.fill(colour);
    numberSign(surface, palette, stage);
  });
}

function numberSign(surface: Surface, palette: Palette, stage: string | null): void {
  const number = stageNumber(stage);
  if (!number) return;
  surface.begin();
  surface.circle(8, 9, 6.5);
  surface.fill(palette.paper);
  surface.stroke({ colour: palette.edge[groupOfStage(stage)], width: 1.2 });
  surface.text(String(number), 8, 9.3, { colour: palette.ink, size: 9, bold: true, align: "center" });
}

function stageBlock(app: App, palette: Palette): Block {
  const { words, model } = app;
  const present = Array.from(new Set(model.page.legs.stage)).sort(
    (a, b) => (stageNumber(a) || 99) - (stageNumber(b) || 99),
  );
  const entries = present.map((stage): Entry => ({
    picture: stageIcon(palette, stage),
    text: stage ? words.code("stage", stage) : words.say("stageUnknown"),
  }));
  return { title: words.say("legendStages"), entries };
}

function placeBlock(app: App, palette: Palette): Block {
  const { words, model } = app;
  const { places, legs } = model.page;
  const entries: Entry[] = [];
  const add = (when: boolean, draw: (surface: Surface) => void, word: Word, width = 22): void => {
    if (when) entries.push({ picture: icon(width, 20, draw), text: words.say(word) });
  };
  const gates = places.gate.map((gate, at) => (gate ? places.kind[at] : ""));
  const plain = { irregular: false, approximate: false, alpha: 1, size: 0.9 };
  const dot = (approximate: boolean) => (surface: Surface) =>
    drawDot(surface, palette, 11, 10, 5, approximate, 1);
  add(places.gate.some((gate, at) => !gate && !places.approximate[at]), dot(false), "legendPlace");
  add(places.approximate.some(Boolean), dot(true), "legendApproximate");
  add(
    gates.some((kind) => kind !== "" && kind !== "unofficial_crossing"),
    (surface) => drawGate(surface, palette, 11, 10, plain),
    "legendGate",
  );
  add(
    gates.includes("unofficial_crossing"),
    (surface) => drawGate(surface, palette, 11, 10, { ...plain, irregular: true }),
    "legendIrregular",
  );
  add(legs.crosses.some(Boolean), (surface) => drawCasing(surface, palette), "legendCrosses", 34);
  add(model.arrows.some((arrow) => arrow.weak), (surface) => drawHollow(surface, palette), "legendDoubtLeg", 34);
  add(model.arrows.some((arrow) => arrow.legs.length > 1), (surface) => drawCount(surface, palette), "legendWidthLeg", 34);
  add(model.arrows.some((arrow) => arrow.from === arrow.to), (surface) => drawStay(surface, palette), "legendStay");
  return { title: words.say("legendPlaces"), entries };
}

function drawCasing(surface: Surface, palette: Palette): void {
  surface.begin();
  surface.move(5, 10);
  surface.line(29, 10);
  surface.stroke({ colour: palette.group.crossing, width: 9, alpha: 0.28, cap: "round" });
  surface.stroke({ colour: palette.group.crossing, width: 2.4 });
}

function drawHollow(surface: Surface, palette: Palette): void {
  surface.begin();
  surface.move(2, 10);
  surface.line(22, 10);
  surface.stroke({ colour: palette.edge.neutral, width: 2 });
  surface.begin();
  arrowHead(surface, 32, 10, 1, 0, 11);
  surface.fill(palette.land);
  surface.stroke({ colour: palette.edge.neutral, width: 1.2 });
}

function drawCount(surface: Surface, palette: Palette): void {
  surface.begin();
  surface.move(2, 10);
  surface.line(32, 10);
  surface.stroke({ colour: palette.edge.neutral, width: 4 });
}

function drawStay(surface: Surface, palette: Palette): void {
  surface.begin();
  surface.circle(11, 10, 6.5);
  surface.stroke({ colour: palette.edge.neutral, width: 2 });
}

export function legendElement(blocks: Block[]): HTMLElement {
  return element(
    "div",
    { class: "legend" },
    ...blocks.map((block) =>
      element(
        "div",
        { class: "legend-block" },
        element("h3", { class: "legend-title" }, block.title),
        element("ul", null, ...block.entries.map(entryElement)),
      ),
    ),
  );
}

function entryElement(entry: Entry): HTMLElement {
  return element("li", null, entry.picture, entry.text);
}

/** The legend under a picture, which can be folded away. */
export function drawLegend(holder: HTMLElement, title: string, blocks: Block[]): void {
  const old = holder.querySelector("details.legend-holder") as HTMLDetailsElement | null;
  const open = old ? old.open : window.innerHeight >= 820;
  const made = element(
    "details",
    { class: "legend-holder", open },
    element("summary", null, title),
    legendElement(blocks),
  );
  replace(holder, made);
}
