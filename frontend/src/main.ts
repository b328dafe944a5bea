/** Reads the data block and builds the page inside #ringmap. */
import { App } from "./app";
import { element, replace } from "./dom";
import { buildModel } from "./model";
import { Page } from "./page";
import type { Payload } from "./payload";
import { Store, type Target } from "./state";
import { Words } from "./words";

interface Hooks {
  state: () => unknown;
  drawn: () => Record<string, number>;
  select: (party: number) => void;
  selectTarget: (target: Target | null) => void;
  at: (party: number) => { x: number; y: number };
  tieAt: (tie: number) => { x: number; y: number } | null;
  placeAt: (place: number) => { x: number; y: number };
  legAt: (leg: number) => { x: number; y: number } | null;
  filter: (part: Record<string, unknown>) => void;
  show: (part: Record<string, unknown>) => void;
  print: () => void;
}

function start(): void {
  const root = document.getElementById("ringmap");
  const block = document.getElementById("ringmap-data");
  if (!root || !block) return;
  let page: Payload;
  try {
    page = JSON.parse(block.textContent || "") as Payload;
    if (page.format !== "ringmap-page") throw new Error("not a ringmap page");
  } catch (error) {
    const words = new Words(document.documentElement.lang === "vi" ? "vi" : "en", emptyWords());
    const reason = error instanceof Error ? error.message : String(error);
    replace(root, element("p", { role: "alert" }, words.say("badData", { reason })));
    return;
  }
  if (root.tagName !== "MAIN") root.setAttribute("role", "main");
  const store = new Store(
    page.language === "vi" ? "vi" : "en",
    page.places.label.length ? "both" : "ring", // an empty map takes no room
  );
  const app = new App(buildModel(page), store);
  expose(new Page(app, root));
}

function emptyWords(): Payload {
  return { words: {} } as Payload;
}

/** Handles for tests; nothing on the page uses them. */
function expose(page: Page): void {
  const { app, ring, map } = page;
  const place = (canvas: HTMLCanvasElement, point: { x: number; y: number }): { x: number; y: number } => {
    const box = canvas.getBoundingClientRect();
    return { x: point.x + box.left, y: point.y + box.top };
  };
  const hooks: Hooks = {
    state: () => ({ ...app.store.get(), visible: app.visible, view: app.store.get().view }),
    drawn: () => ({
      parties: ring.drawn.parties,
      ties: ring.drawn.ties,
      labels: ring.drawn.labels,
      places: map.drawn.places,
      legs: map.drawn.legs,
      arrows: map.drawn.arrows,
      placeLabels: map.drawn.labels,
    }),
    select: (party) => page.goTo(party),
    selectTarget: (target) => app.select(target),
    at: (party) => place(ring.pane.canvas, ring.screenAt(party)),
    tieAt: (tie) => {
      const point = ring.tieAt(tie);
      return point && place(ring.pane.canvas, point);
    },
    placeAt: (at) => place(map.pane.canvas, map.screenAt(at)),
    legAt: (leg) => {
      const point = map.legAt(leg);
      return point && place(map.pane.canvas, point);
    },
    filter: (part) => app.store.change({ filters: { ...app.store.get().filters, ...part } }),
    show: (part) => app.store.change(part),
    print: () => window.dispatchEvent(new Event("beforeprint")),
  };
  (window as unknown as { ringmap: Hooks }).ringmap = hooks;
}

start();
