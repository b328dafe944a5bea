/** The sheet of paper: both pictures in light colours, with all that is needed to read them alone. */
import type { App } from "./app";
import { element, replace } from "./dom";
import { counterText, filtersInWords } from "./filter-panel";
import { legendElement, mapBlocks, ringBlocks } from "./legend";
import type { MapPane } from "./map-pane";
import { topBrokers } from "./overview";
import { mapNotes } from "./picture";
import type { RingPane } from "./ring-pane";
import { SvgSurface } from "./surface";
import { LIGHT } from "./theme";

export class Sheet {
  readonly root = element("div", { class: "sheet" });

  constructor(
    private readonly app: App,
    private readonly ring: RingPane,
    private readonly map: MapPane,
  ) {
    window.addEventListener("beforeprint", () => this.draw());
    window.addEventListener("afterprint", () => replace(this.root));
  }

  /** SVG prints at the full resolution of the printer, and is there at once. */
  draw(): void {
    const { app } = this;
    const { words, model } = app;
    const { page } = model;
    replace(
      this.root,
      element("h1", null, page.title),
      element(
        "p",
        { class: page.victims_shown ? "sheet-loud" : "sheet-calm" },
        words.say(page.victims_shown ? "victimsShown" : "victimsHidden"),
      ),
      this.facts(),
      this.picture(words.say("ringPane"), this.drawRing(), legendElement(ringBlocks(app, LIGHT)), []),
      this.mapPart(),
      this.brokers(),
      this.notices(),
    );
  }

  private facts(): HTMLElement {
    const { app } = this;
    const { words } = app;
    const { selected } = app.store.get();
    const filters = filtersInWords(app);
    const lines = [
      `${words.say("printShown")}: ${counterText(app)}`,
      filters.length
        ? `${words.say("printFilters")}: ${filters.join("; ")}`
        : words.say("printNoFilters"),
    ];
    if (selected) lines.push(`${words.say("printSelected")}: ${app.nameOf(selected)}`);
    lines.push(words.say("printed", { date: today(words.language) }));
    return element("div", { class: "sheet-facts" }, ...lines.map((line) => element("p", null, line)));
  }

  private picture(title: string, svg: Element, legend: HTMLElement, notes: string[]): HTMLElement {
    return element(
      "figure",
      null,
      element("h2", null, title),
      svg,
      ...notes.map((note) => element("p", { class: "sheet-note" }, note)),
      element("figcaption", null, legend),
    );
  }

  /** Each picture fills a page, with its legend below. */
  private height(): number {
    return this.app.model.partyCount > 400 ? 1000 : 880;
  }

  private drawRing(): Element {
    const surface = new SvgSurface(1000, this.height(), LIGHT.background);
    this.ring.picture(surface, 1000, this.height(), LIGHT);
    return surface.root;
  }

  private mapPart(): HTMLElement {
    const { app } = this;
    const { words, model } = app;
    const title = words.say("routePane");
    if (model.placeCount === 0) {
      const note = element("p", null, words.say("noPlaces"));
      const left = mapNotes(app).map((line) => element("p", { class: "sheet-note" }, line));
      return element("section", null, element("h2", null, title), note, ...left);
    }
    const height = Math.min(this.height(), 760);
    const surface = new SvgSurface(1000, height, LIGHT.background);
    this.map.picture(surface, 1000, height, LIGHT);
    return this.picture(title, surface.root, legendElement(mapBlocks(app, LIGHT)), mapNotes(app));
  }

  private brokers(): HTMLElement | null {
    const { words, model } = this.app;
    const top = topBrokers(this.app);
    if (top.length === 0) return null;
    const lines = top.map((party) => {
      const because = model.page.parties.because[party];
      return element(
        "tr",
        null,
        element("td", { class: "number" }, String(model.page.parties.rank[party])),
        element("th", { scope: "row" }, model.page.parties.label[party]),
        element("td", null, this.app.rolesText(party)),
        element("td", null, because ? words.pick(because) : words.unknown()),
      );
    });
    return element(
      "section",
      null,
      element("h2", null, words.say("printBrokers")),
      element("table", { class: "sheet-table" }, element("tbody", null, ...lines)),
      element("p", { class: "sheet-note" }, words.say("brokersCaution")),
    );
  }

  private notices(): HTMLElement | null {
    const { words, model } = this.app;
    if (model.page.notices.length === 0) return null;
    const items = model.page.notices.map((notice) => element("li", null, words.pick(notice)));
    return element(
      "section",
      null,
      element("h2", null, words.say("printNotices")),
      element("ul", null, ...items),
    );
  }
}

function today(language: string): string {
  return new Date().toLocaleDateString(language === "vi" ? "vi-VN" : "en-GB", {
    year: "numeric",
    month: "long",
    day: "numeric",
  });
}
