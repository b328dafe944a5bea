/** A picture that can be moved: canvas, camera, pointer. What is drawn is somebody else's. */
import { type Camera, type Frame, rescale, toWorld } from "./camera";
import { button, element, onNextFrame } from "./dom";
import type { Box } from "./labels";
import { CanvasSurface, type Surface } from "./surface";

export interface PaneWork {
  name: "ring" | "map";
  draw(surface: Surface, frame: Frame): void;
  home(width: number, height: number): Camera;
  limits(): [number, number];
  hover(x: number, y: number, pointerX: number, pointerY: number): void;
  leave(): void;
  click(x: number, y: number, shift: boolean): void;
  comeClose(x: number, y: number): void;
  key(event: KeyboardEvent): boolean;
  enlarge(): void;
}

const CLICK_SLACK = 4;

export class Pane {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly foot: HTMLElement;
  readonly title: HTMLElement;
  readonly tools: HTMLElement;
  private readonly stage: HTMLElement;
  private camera: Camera | null = null;
  private moved = false;
  private width = 0;
  private height = 0;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private start = { x: 0, y: 0, dragged: false };
  readonly redraw: () => void;

  constructor(private readonly work: PaneWork) {
    this.canvas = element("canvas", { tabindex: "0", role: "application" });
    this.title = element("h2");
    this.tools = element("div", { class: "tools" });
    this.stage = element("div", { class: "stage" }, this.canvas, this.tools);
    this.foot = element("div", { class: "foot" });
    this.root = element(
      "section",
      { class: `pane pane-${work.name}` },
      element("header", { class: "pane-head" }, this.title),
      this.stage,
      this.foot,
    );
    this.redraw = onNextFrame(() => this.drawNow());
    this.listenToPointer();
    this.canvas.addEventListener("keydown", (event) => {
      if (this.cameraKey(event) || work.key(event)) event.preventDefault();
    });
    if (typeof ResizeObserver === "function") {
      new ResizeObserver(() => this.resized()).observe(this.stage);
    }
    window.addEventListener("resize", () => this.resized());
  }

  nameTools(words: Record<"zoomIn" | "zoomOut" | "fit" | "enlarge", string>): void {
    const tool = (sign: string, label: string, act: () => void): HTMLButtonElement =>
      button(sign, act, { class: "tool", title: label, "aria-label": label });
    this.tools.textContent = "";
    this.tools.append(
      tool("+", words.zoomIn, () => this.zoomBy(1.35)),
      tool("−", words.zoomOut, () => this.zoomBy(1 / 1.35)),
      tool("⌂", words.fit, () => this.fit()),
      tool("⤢", words.enlarge, () => this.work.enlarge()),
    );
  }

  frame(): Frame {
    const width = this.width || 800;
    const height = this.height || 600;
    return { camera: this.camera || this.work.home(width, height), width, height };
  }

  /** The same view in another size; a view nobody has moved is fitted anew. */
  frameFor(width: number, height: number): Frame {
    if (this.moved) return rescale(this.frame(), width, height);
    return { camera: this.work.home(width, height), width, height };
  }

  /** Boxes of the title and the buttons that stand over the picture. */
  reserved(): Box[] {
    const left = this.title.offsetWidth + 14;
    const tools = this.tools.offsetHeight + 12;
    return [
      { left: 0, top: 0, right: left, bottom: 36 },
      { left: this.width - 44, top: 0, right: this.width, bottom: tools },
    ];
  }

  fit(): void {
    this.camera = null;
    this.moved = false;
    this.redraw();
  }

  look(camera: Camera): void {
    this.camera = camera;
    this.moved = true;
    this.redraw();
  }

  zoomBy(factor: number, x = this.width / 2, y = this.height / 2): void {
    const frame = this.frame();
    const [least, most] = this.work.limits();
    const scale = Math.max(least, Math.min(most, frame.camera.scale * factor));
    const held = toWorld(frame, x, y);
    this.look({
      scale,
      x: held.x - (x - frame.width / 2) / scale,
      y: held.y - (y - frame.height / 2) / scale,
    });
  }

  panBy(dx: number, dy: number): void {
    const { camera } = this.frame();
    this.look({ ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale });
  }

  /** Moves just enough that a point of the world stands well inside the picture. */
  bringIn(x: number, y: number): void {
    const frame = this.frame();
    const { scale } = frame.camera;
    const px = (x - frame.camera.x) * scale + frame.width / 2;
    const py = (y - frame.camera.y) * scale + frame.height / 2;
    const edge = Math.min(60, frame.width / 5, frame.height / 5);
    const dx = px < edge ? edge - px : px > frame.width - edge ? frame.width - edge - px : 0;
    const dy = py < edge ? edge - py : py > frame.height - edge ? frame.height - edge - py : 0;
    if (dx || dy) this.panBy(dx, dy);
  }

  resized(): void {
    const { clientWidth, clientHeight } = this.stage;
    if (clientWidth === 0 || clientHeight === 0) return;
    const ratio = this.ratio();
    const sameSize = clientWidth === this.width && clientHeight === this.height;
    if (sameSize && this.canvas.width === Math.round(clientWidth * ratio)) return;
    this.width = clientWidth;
    this.height = clientHeight;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    if (!this.moved) this.camera = null;
    this.drawNow();
  }

  private ratio(): number {
    return Math.min(window.devicePixelRatio || 1, 3);
  }

  private drawNow(): void {
    if (this.width === 0) return;
    if (!this.camera) this.camera = this.work.home(this.width, this.height);
    const context = this.canvas.getContext("2d");
    if (!context) return;
    const ratio = this.ratio();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    this.work.draw(new CanvasSurface(context), this.frame());
  }

  private at(event: { clientX: number; clientY: number }): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private listenToPointer(): void {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.pressed(event));
    canvas.addEventListener("pointermove", (event) => this.pointerMoved(event));
    canvas.addEventListener("pointerup", (event) => this.released(event));
    canvas.addEventListener("pointercancel", (event) => this.pointers.delete(event.pointerId));
    canvas.addEventListener("pointerleave", () => this.work.leave());
    canvas.addEventListener("dblclick", (event) => {
      const { x, y } = this.at(event);
      this.work.comeClose(x, y);
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const { x, y } = this.at(event);
        const lines = event.deltaMode === 1 ? event.deltaY * 30 : event.deltaY;
        this.zoomBy(Math.exp(-Math.max(-240, Math.min(240, lines)) * 0.0022), x, y);
      },
      { passive: false },
    );
  }

  private pressed(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { x, y } = this.at(event);
    if (this.pointers.size === 0) this.start = { x, y, dragged: false };
    else this.start.dragged = true;
    this.pointers.set(event.pointerId, { x, y });
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.focus({ preventScroll: true });
  }

  private pointerMoved(event: PointerEvent): void {
    const now = this.at(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      this.work.hover(now.x, now.y, event.clientX, event.clientY);
      return;
    }
    const other = Array.from(this.pointers.entries()).find(([id]) => id !== event.pointerId);
    if (other) this.pinch(before, now, other[1]);
    else if (this.start.dragged || Math.hypot(now.x - this.start.x, now.y - this.start.y) > CLICK_SLACK) {
      this.start.dragged = true;
      this.canvas.classList.add("dragging");
      this.work.leave();
      this.panBy(now.x - before.x, now.y - before.y);
    } else return;
    this.pointers.set(event.pointerId, now);
  }

  private pinch(
    before: { x: number; y: number },
    now: { x: number; y: number },
    fixed: { x: number; y: number },
  ): void {
    const apartBefore = Math.hypot(before.x - fixed.x, before.y - fixed.y);
    const apartNow = Math.hypot(now.x - fixed.x, now.y - fixed.y);
    if (apartBefore < 5) return;
    this.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
    this.zoomBy(apartNow / apartBefore, (now.x + fixed.x) / 2, (now.y + fixed.y) / 2);
  }

  private released(event: PointerEvent): void {
    if (!this.pointers.delete(event.pointerId)) return;
    this.canvas.classList.remove("dragging");
    if (this.pointers.size > 0 || this.start.dragged) return;
    const { x, y } = this.at(event);
    this.work.click(x, y, event.shiftKey);
  }

  private cameraKey(event: KeyboardEvent): boolean {
    if (event.altKey) return false;
    if (event.key === "+" || event.key === "=") this.zoomBy(1.35);
    else if (event.key === "-" || event.key === "_") this.zoomBy(1 / 1.35);
    else if (event.key === "0") this.fit();
    else if (event.ctrlKey && event.key === "ArrowLeft") this.panBy(70, 0);
    else if (event.ctrlKey && event.key === "ArrowRight") this.panBy(-70, 0);
    else if (event.ctrlKey && event.key === "ArrowUp") this.panBy(0, 70);
    else if (event.ctrlKey && event.key === "ArrowDown") this.panBy(0, -70);
    else return false;
    return true;
  }
}
