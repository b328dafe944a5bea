/** The route map as the reader meets it: moving, pointing, walking. */
import type { App } from "./app";
import { type Camera, type Extent, extentOf, fitCamera, type Frame } from "./camera";
import { distanceTo, mayTouch, type Point, pointOn, project } from "./geometry";
import {
  type Basework,
  drawMap,
  type MapDrawn,
  type MapScene,
  placePoint,
  placeRadius,
  prepareBase,
  spreadPlaces,
} from "./map-drawing";
import { Pane } from "./pane";
import type { Area } from "./payload";
import type { Target } from "./state";
import type { Surface } from "./surface";
import { LIGHT, type Palette } from "./theme";
import type { Tooltip } from "./tooltip";
import { isWay, nextInOrder, nextThatWay } from "./walk";

export class MapPane {
  readonly pane: Pane;
  drawn: MapDrawn = { places: 0, legs: 0, arrows: 0, labels: 0, curves: [], inView: [] };
  mayLeave = false;
  private screen: Frame | null = null;
  private readonly base: Basework;
  private readonly spread: Point[];
  private readonly order: number[];

  constructor(
    private readonly app: App,
    private readonly tooltip: Tooltip,
    private readonly announce: (text: string) => void,
    enlarge: () => void,
  ) {
    const { model } = app;
    this.base = prepareBase(model);
    this.spread = spreadPlaces(model);
    this.order = model.placeX
      .map((_, place) => place)
      .sort((a, b) => model.legsAt[b].length - model.legsAt[a].length || a - b);
    this.pane = new Pane({
      name: "map",
      draw: (surface, frame) => {
        this.screen = frame;
        this.drawn = this.drawOn(surface, frame, app.palette());
      },
      home: (width, height) => this.home(width, height),
      limits: () => [1, 6000],
      hover: (px, py, clientX, clientY) => this.hover(px, py, clientX, clientY),
      leave: () => this.leave(),
      click: (px, py) => app.select(this.target(px, py)),
      comeClose: (px, py) => this.pane.zoomBy(2.2, px, py),
      key: (event) => this.key(event),
      enlarge,
    });
  }

  private scene(frame: Frame, palette: Palette): MapScene {
    const { app } = this;
    return {
      model: app.model,
      base: this.base,
      visible: app.visible,
      frame,
      palette,
      focus: app.focus,
      hover: app.hover,
      focused: app.focused(),
      label: (area) => this.areaLabel(area),
      spread: this.spread,
      reserved: frame === this.screen ? this.pane.reserved() : [],
    };
  }

  private areaLabel(area: Area): string {
    return typeof area.label === "string" ? area.label : this.app.words.pick(area.label);
  }

  drawOn(surface: Surface, frame: Frame, palette: Palette): MapDrawn {
    return drawMap(surface, this.scene(frame, palette));
  }

  picture(surface: Surface, width: number, height: number, palette: Palette = LIGHT): MapDrawn {
    return this.drawOn(surface, this.pane.frameFor(width, height), palette);
  }

  private home(width: number, height: number): Camera {
    const { model, visible } = this.app;
    const shown = extentOf(model.placeX, model.placeY, (place) => visible.place[place] === 1);
    return fitCamera(shown ? widened(shown) : this.baseExtent(), width, height, 56, 400);
  }

  private baseExtent(): Extent {
    const base = this.app.model.page.basemap;
    const [south, west, north, east] = base ? base.bounds : [-50, -170, 70, 170];
    const topLeft = project(north, west);
    const bottomRight = project(south, east);
    return { left: topLeft.x, top: topLeft.y, right: bottomRight.x, bottom: bottomRight.y };
  }

  pick(px: number, py: number): Target | null {
    const scene = this.scene(this.pane.frame(), LIGHT);
    let found: Target | null = null;
    let nearest = Infinity;
    for (const place of this.drawn.inView) {
      const point = placePoint(scene, place);
      const away = Math.hypot(point.x - px, point.y - py);
      const gate = this.app.model.page.places.gate[place] === 1;
      if (away > (gate ? 12 : placeRadius(scene, place) + 4) || away >= nearest) continue;
      nearest = away;
      found = { kind: "place", place };
    }
    return found || this.pickArrow(px, py);
  }

  private pickArrow(px: number, py: number): Target | null {
    let nearest = 6.5;
    let found: Target | null = null;
    for (const { arrow, curve, stays } of this.drawn.curves) {
      if (!mayTouch(curve, px, py, 14)) continue;
      const away = stays
        ? Math.abs(Math.hypot(curve.cx - px, curve.cy - py) - 10)
        : distanceTo(curve, px, py, 22);
      if (away >= nearest) continue;
      nearest = away;
      found = { kind: "arrow", arrow };
    }
    return found;
  }

  /** An arrow that stands for a single leg is that leg; a place that is a party is that party. */
  private target(px: number, py: number): Target | null {
    const picked = this.pick(px, py);
    if (!picked || picked.kind !== "arrow") return picked;
    const legs = this.app.model.arrows[picked.arrow].legs.filter((leg) => this.app.visible.leg[leg]);
    return legs.length === 1 ? { kind: "leg", leg: legs[0] } : picked;
  }

  screenAt(place: number): Point {
    return placePoint(this.scene(this.pane.frame(), LIGHT), place);
  }

  legAt(leg: number): Point | null {
    const drawn = this.drawn.curves.find((one) => one.arrow === this.app.model.arrowOf[leg]);
    if (!drawn) return null;
    if (drawn.stays) return { x: drawn.curve.cx + 10, y: drawn.curve.cy };
    return pointOn(drawn.curve, 0.5);
  }

  /** Shows what is in focus; nothing moves when nothing of it has a position. */
  comeCloseTo(places: Map<number, number>): void {
    const { placeX, placeY } = this.app.model;
    const extent = extentOf(placeX, placeY, (place) => places.has(place));
    const { width, height } = this.pane.frame();
    if (!extent) return;
    const span = Math.max(extent.right - extent.left, extent.bottom - extent.top);
    this.pane.look(fitCamera(extent, width, height, 90, span > 0.005 ? 3000 : 150));
  }

  bringIn(place: number): void {
    this.pane.bringIn(this.app.model.placeX[place], this.app.model.placeY[place]);
  }

  private hover(px: number, py: number, clientX: number, clientY: number): void {
    const target = this.target(px, py);
    this.app.store.change({ hovered: target });
    this.pane.canvas.classList.toggle("over", target !== null);
    this.tooltip.show(target, clientX, clientY);
  }

  private leave(): void {
    this.app.store.change({ hovered: null });
    this.tooltip.show(null, 0, 0);
  }

  private cursor(): number | null {
    const { hovered, selected } = this.app.store.get();
    if (hovered && hovered.kind === "place") return hovered.place;
    return selected && selected.kind === "place" ? selected.place : null;
  }

  private key(event: KeyboardEvent): boolean {
    const shown = this.order.filter((place) => this.app.visible.place[place] === 1);
    const cursor = this.cursor();
    if (event.key === "Enter" || event.key === " ") {
      if (cursor === null) return false;
      this.app.select({ kind: "place", place: cursor });
      return true;
    }
    if (event.key === "Tab") return this.tab(shown, cursor, event.shiftKey);
    if (!isWay(event.key)) return false;
    if (cursor === null) return this.tab(shown, cursor, false);
    const where = (place: number): Point => this.screenAt(place);
    const others = shown.filter((place) => place !== cursor);
    const next = nextThatWay(event.key, where(cursor), others, where);
    if (next !== null) this.walkTo(next);
    return true;
  }

  private tab(shown: number[], cursor: number | null, back: boolean): boolean {
    if (this.mayLeave && cursor === null) {
      this.mayLeave = false;
      return false;
    }
    const next = nextInOrder(shown, cursor, back);
    if (next === null) return false;
    this.walkTo(next);
    return true;
  }

  walkTo(place: number): void {
    const { app } = this;
    this.mayLeave = false;
    this.bringIn(place);
    app.store.change({ hovered: { kind: "place", place } });
    this.announce(
      app.words.say("announcePlace", {
        label: app.model.page.places.label[place],
        type: app.words.code("place", app.model.page.places.kind[place]),
        n: app.model.legsAt[place].filter((leg) => app.visible.leg[leg] === 1).length,
      }),
    );
  }
}

/** Room around the places, so that the land they lie in can be recognised. */
function widened(extent: Extent): Extent {
  const room = Math.max(0.35, (extent.right - extent.left) * 0.08);
  return {
    left: extent.left - room,
    right: extent.right + room,
    top: extent.top - room,
    bottom: extent.bottom + room,
  };
}
