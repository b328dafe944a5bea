/** The ring as the reader meets it: moving, pointing, walking. */
import type { App } from "./app";
import { type Camera, extentOf, fitCamera, type Frame, toScreen, toWorld } from "./camera";
import { distanceTo, mayTouch, type Point } from "./geometry";
import { cellSize, Grid, typicalGap } from "./grid";
import type { Box } from "./labels";
import { Pane } from "./pane";
import { otherEnd } from "./paths";
import { drawRing, markRadius, middleOf, type RingDrawn, type RingScene } from "./ring-drawing";
import type { Target } from "./state";
import type { Surface } from "./surface";
import { LIGHT, type Palette } from "./theme";
import type { Tooltip } from "./tooltip";
import { isWay, nextInOrder, nextThatWay } from "./walk";

export class RingPane {
  readonly pane: Pane;
  drawn: RingDrawn = { parties: 0, ties: 0, labels: 0, curves: [], inView: [] };
  private screen: Frame | null = null;
  private readonly gap: number;
  private readonly grid: Grid;

  constructor(
    private readonly app: App,
    private readonly tooltip: Tooltip,
    private readonly announce: (text: string) => void,
    enlarge: () => void,
  ) {
    const { x, y } = app.model.page.parties;
    const extent = extentOf(x, y, () => true) || { left: 0, top: 0, right: 1, bottom: 1 };
    const wide = extent.right - extent.left;
    const high = extent.bottom - extent.top;
    this.gap = typicalGap(x, y, Math.max(wide, high, 1e-9));
    this.grid = new Grid(x, y, cellSize(wide, high, x.length));
    this.pane = new Pane({
      name: "ring",
      draw: (surface, frame) => {
        this.screen = frame;
        this.drawn = this.drawOn(surface, frame, app.palette());
      },
      home: (width, height) => this.home(width, height),
      limits: () => this.limits(),
      hover: (px, py, clientX, clientY) => this.hover(px, py, clientX, clientY),
      leave: () => this.leave(),
      click: (px, py, shift) => this.click(px, py, shift),
      comeClose: (px, py) => this.comeClose(px, py),
      key: (event) => this.key(event),
      enlarge,
    });
  }

  private scene(frame: Frame, palette: Palette): RingScene {
    const { app } = this;
    return {
      model: app.model,
      visible: app.visible,
      frame,
      palette,
      gap: this.gap,
      focus: app.focus,
      hover: app.hover,
      focused: app.focused(),
      found: app.found,
      reserved: this.reserved(frame),
    };
  }

  private reserved(frame: Frame): Box[] {
    return frame === this.screen ? this.pane.reserved() : [];
  }

  drawOn(surface: Surface, frame: Frame, palette: Palette): RingDrawn {
    return drawRing(surface, this.scene(frame, palette));
  }

  /** What is on the screen, in a picture of another size. */
  picture(surface: Surface, width: number, height: number, palette: Palette = LIGHT): RingDrawn {
    return this.drawOn(surface, this.pane.frameFor(width, height), palette);
  }

  private home(width: number, height: number): Camera {
    const { x, y } = this.app.model.page.parties;
    const { visible } = this.app;
    const extent = extentOf(x, y, (party) => visible.party[party] === 1);
    const wanted = extent || { left: 0, top: 0, right: 1, bottom: 1 };
    return fitCamera(wanted, width, height, 46, 70 / this.gap);
  }

  private limits(): [number, number] {
    const least = this.home(400, 300).scale * 0.4;
    return [least, Math.max(220 / this.gap, least * 4)];
  }

  pick(px: number, py: number): Target | null {
    return this.pickParty(px, py) || this.pickTie(px, py);
  }

  private pickParty(px: number, py: number): Target | null {
    const frame = this.pane.frame();
    const scene = this.scene(frame, LIGHT);
    const world = toWorld(frame, px, py);
    for (const party of this.grid.near(world.x, world.y, 20 / frame.camera.scale)) {
      if (!this.app.visible.party[party]) continue;
      const { x, y } = this.screenAt(party);
      if (Math.hypot(x - px, y - py) <= Math.max(markRadius(scene, party) + 3, 7)) {
        return { kind: "party", party };
      }
    }
    return null;
  }

  private pickTie(px: number, py: number): Target | null {
    let nearest = 5.5;
    let found: Target | null = null;
    for (const { tie, curve } of this.drawn.curves) {
      if (!mayTouch(curve, px, py, "loop" in curve ? 14 : 6)) continue;
      const away =
        "loop" in curve ? Math.hypot(curve.cx - px, curve.cy - py) - 6 : distanceTo(curve, px, py);
      if (away >= nearest) continue;
      nearest = away;
      found = { kind: "tie", tie };
    }
    return found;
  }

  screenAt(party: number): Point {
    const { x, y } = this.app.model.page.parties;
    return toScreen(this.pane.frame(), x[party], y[party]);
  }

  tieAt(tie: number): Point | null {
    const drawn = this.drawn.curves.find((one) => one.tie === tie);
    return drawn ? middleOf(drawn.curve) : null;
  }

  private hover(px: number, py: number, clientX: number, clientY: number): void {
    const target = this.pick(px, py);
    this.app.store.change({ hovered: target });
    this.pane.canvas.classList.toggle("over", target !== null);
    this.tooltip.show(target, clientX, clientY);
  }

  private leave(): void {
    this.app.store.change({ hovered: null });
    this.tooltip.show(null, 0, 0);
  }

  private click(px: number, py: number, shift: boolean): void {
    const target = this.pick(px, py);
    if (shift && target && target.kind === "party") this.app.connect(target.party);
    else this.app.select(target);
  }

  private comeClose(px: number, py: number): void {
    const target = this.pickParty(px, py);
    if (target && target.kind === "party") this.focusParty(target.party);
    else this.pane.zoomBy(1.8, px, py);
  }

  /** Shows a party with those it is tied to. */
  focusParty(party: number): void {
    const near = new Map([[party, 2]]);
    for (const tie of this.app.model.tiesOf[party]) {
      if (this.app.visible.tie[tie]) near.set(otherEnd(this.app.model, tie, party), 1);
    }
    this.comeCloseTo(near);
  }

  /** Shows what is in focus, with what it touches. */
  comeCloseTo(parties: Map<number, number>): void {
    const { x, y } = this.app.model.page.parties;
    const extent = extentOf(x, y, (party) => parties.has(party));
    const { width, height } = this.pane.frame();
    if (extent) this.pane.look(fitCamera(extent, width, height, 90, 60 / this.gap));
  }

  bringIn(party: number): void {
    const { x, y } = this.app.model.page.parties;
    this.pane.bringIn(x[party], y[party]);
  }

  private cursor(): number | null {
    const { hovered, selected } = this.app.store.get();
    if (hovered && hovered.kind === "party") return hovered.party;
    if (selected && selected.kind === "party") return selected.party;
    return selected && selected.kind === "path" ? selected.to : null;
  }

  private key(event: KeyboardEvent): boolean {
    if (event.key === "Tab") return this.tab(event.shiftKey);
    if (event.key === "Enter" || event.key === " ") return this.enter(event.shiftKey);
    return isWay(event.key) ? this.arrow(event.key) : false;
  }

  private tab(back: boolean): boolean {
    const shown = this.app.model.order.filter((party) => this.app.visible.party[party] === 1);
    const cursor = this.cursor();
    if (this.mayLeave && cursor === null) {
      this.mayLeave = false;
      return false;
    }
    const next = nextInOrder(shown, cursor, back);
    if (next === null) return false;
    this.walkTo(next);
    return true;
  }

  /** After Esc the next Tab leaves the picture, so that the keyboard is never caught in it. */
  mayLeave = false;

  private enter(shift: boolean): boolean {
    const cursor = this.cursor();
    if (cursor === null) return false;
    if (shift) this.app.connect(cursor);
    else this.app.select({ kind: "party", party: cursor });
    return true;
  }

  private arrow(way: Parameters<typeof nextThatWay>[0]): boolean {
    const { model, visible } = this.app;
    const cursor = this.cursor();
    if (cursor === null) return this.tab(false);
    const where = (party: number): Point => this.screenAt(party);
    const tied = model.tiesOf[cursor]
      .filter((tie) => visible.tie[tie] === 1)
      .map((tie) => otherEnd(model, tie, cursor));
    const all = model.order.filter((party) => visible.party[party] === 1 && party !== cursor);
    const from = where(cursor);
    const next = nextThatWay(way, from, tied, where);
    const chosen = next === null ? nextThatWay(way, from, all, where) : next;
    if (chosen !== null) this.walkTo(chosen);
    return true;
  }

  walkTo(party: number): void {
    const { app } = this;
    this.mayLeave = false;
    this.bringIn(party);
    app.store.change({ hovered: { kind: "party", party } });
    this.announce(
      app.words.say("announceParty", {
        label: app.model.page.parties.label[party],
        type: app.words.code("party", app.model.page.parties.type[party]),
        roles: app.rolesText(party),
        n: app.model.tiesOf[party].filter((tie) => app.visible.tie[tie] === 1).length,
      }),
    );
  }
}
