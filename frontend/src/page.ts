/** The page around the pictures: header, panes, side, and what happens when choices change. */
import { App } from "./app";
import { drawDetails } from "./details";
import { button, element, replace } from "./dom";
import { anyFilter } from "./filters";
import { counterText, drawFilters, refreshCounter, resetFilters } from "./filter-panel";
import { Help } from "./help";
import { drawLegend, mapBlocks, ringBlocks } from "./legend";
import { ListView } from "./list";
import { MapPane } from "./map-pane";
import { mapNotes, savePicture, type Which } from "./picture";
import { Sheet } from "./print";
import { RingPane } from "./ring-pane";
import { Search } from "./search";
import type { Key, Tab, Theme, View } from "./state";
import { Tooltip } from "./tooltip";
import type { Language, Word } from "./words";

export class Page {
  readonly ring: RingPane;
  readonly map: MapPane;
  private readonly tooltip: Tooltip;
  private readonly live = element("div", { class: "live", "aria-live": "polite", role: "status" });
  private readonly search: Search;
  private readonly help: Help;
  private readonly sheet: Sheet;
  private readonly list: ListView;
  private readonly head = element("header", { class: "head" });
  private readonly strip = element("div", { class: "strip" });
  private readonly panes = element("div", { class: "panes" });
  private readonly splitter = element("div", {
    class: "splitter",
    role: "separator",
    tabindex: "0",
    "aria-orientation": "vertical",
    "aria-valuemin": "20",
    "aria-valuemax": "80",
  });
  private readonly side = element("aside", { class: "side" });
  private readonly tabs = element("div", { class: "tabs" });
  private readonly body = element("div", { class: "side-body", tabindex: "-1" });
  private share = 50;

  constructor(
    readonly app: App,
    private readonly root: HTMLElement,
  ) {
    const announce = (text: string): void => {
      this.live.textContent = text;
    };
    this.tooltip = new Tooltip(app);
    this.ring = new RingPane(app, this.tooltip, announce, () => this.enlarge("ring"));
    this.map = new MapPane(app, this.tooltip, announce, () => this.enlarge("map"));
    this.search = new Search(app, (party) => this.goTo(party));
    this.help = new Help(app);
    this.sheet = new Sheet(app, this.ring, this.map);
    this.list = new ListView(app);
    app.comeClose = () => this.comeClose();
    this.lay();
    this.listen();
    this.drawAll();
  }

  private lay(): void {
    this.panes.append(this.ring.pane.root, this.splitter, this.map.pane.root, this.list.root);
    this.side.append(this.tabs, this.body);
    const work = element("div", { class: "work" }, this.panes, this.side);
    const screen = element("div", { class: "screen" }, this.head, this.strip, work);
    replace(this.root, screen, this.tooltip.root, this.help.root, this.live, this.sheet.root);
    this.setShare(50);
  }

  private listen(): void {
    this.app.store.listen((changed) => this.changed(changed));
    document.addEventListener("keydown", (event) => this.key(event));
    this.splitter.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft") this.setShare(this.share - 5);
      else if (event.key === "ArrowRight") this.setShare(this.share + 5);
      else return;
      event.preventDefault();
    });
    this.splitter.addEventListener("pointerdown", (event) => {
      this.splitter.setPointerCapture(event.pointerId);
    });
    this.splitter.addEventListener("pointermove", (event) => {
      if (!this.splitter.hasPointerCapture(event.pointerId)) return;
      const box = this.panes.getBoundingClientRect();
      this.setShare(((event.clientX - box.left) / box.width) * 100);
    });
    if (typeof matchMedia === "function") {
      const dark = matchMedia("(prefers-color-scheme: dark)");
      const follow = (): void => this.themed();
      if (dark.addEventListener) dark.addEventListener("change", follow);
      else dark.addListener(follow);
    }
  }

  private setShare(share: number): void {
    this.share = Math.max(20, Math.min(80, Math.round(share)));
    this.panes.style.setProperty("--share", `${this.share}fr`);
    this.panes.style.setProperty("--rest", `${100 - this.share}fr`);
    this.splitter.setAttribute("aria-valuenow", String(this.share));
  }

  private changed(changed: Set<Key>): void {
    if (changed.has("language")) {
      this.drawAll();
      return;
    }
    if (changed.has("theme")) this.themed();
    if (changed.has("view")) this.drawView();
    if (changed.has("tab")) this.drawSide();
    else if (changed.has("selected") && this.app.store.get().tab === "details") this.drawSide();
    if (changed.has("selected")) this.selectionChanged();
    if (changed.has("filters")) this.filtersChanged();
    this.redraw();
  }

  private selectionChanged(): void {
    const { selected } = this.app.store.get();
    const { words } = this.app;
    this.live.textContent = selected
      ? words.say("announceSelected", { label: this.app.nameOf(selected) })
      : words.say("announceCleared");
  }

  private filtersChanged(): void {
    const { tab, view } = this.app.store.get();
    this.drawStrip();
    if (tab === "filters") refreshCounter(this.app, this.body);
    else if (tab === "details") this.drawSide();
    if (view === "list") this.list.draw();
    this.namePictures();
  }

  private redraw(): void {
    this.ring.pane.redraw();
    this.map.pane.redraw();
  }

  private drawAll(): void {
    const { language } = this.app.store.get();
    document.documentElement.lang = language;
    document.title = this.app.model.page.title;
    this.search.nameIt();
    this.splitter.setAttribute("aria-label", this.app.words.say("splitter"));
    this.splitter.title = this.app.words.say("splitter");
    this.drawHead();
    this.drawStrip();
    this.drawSide();
    this.drawView();
    this.themed();
  }

  private themed(): void {
    document.documentElement.setAttribute("data-theme", this.app.isDark() ? "dark" : "light");
    this.drawHead();
    this.drawLegends();
    this.drawSide();
    if (this.app.store.get().view === "list") this.list.draw();
    this.namePictures();
    this.redraw();
  }

  private drawLegends(): void {
    const { app } = this;
    const title = app.words.say("legend");
    drawLegend(this.ring.pane.foot, title, ringBlocks(app, app.palette()));
    drawLegend(this.map.pane.foot, title, mapBlocks(app, app.palette()));
    const notes = mapNotes(app).join(" · ");
    this.map.pane.foot.appendChild(element("p", { class: "credit" }, notes));
  }

  private namePictures(): void {
    const { words, visible } = this.app;
    const { ring, map } = this;
    ring.pane.title.textContent = words.say("ringPane");
    map.pane.title.textContent = words.say("routePane");
    const inRing = { n: visible.parties, m: visible.ties };
    const onMap = { n: visible.places, m: visible.legs };
    const help = words.say("canvasHelp");
    ring.pane.canvas.setAttribute("aria-label", `${words.say("ringAria", inRing)}. ${help}`);
    map.pane.canvas.setAttribute("aria-label", `${words.say("mapAria", onMap)}. ${help}`);
    const { view } = this.app.store.get();
    const tools = (alone: boolean): Parameters<typeof ring.pane.nameTools>[0] => ({
      zoomIn: words.say("zoomIn"),
      zoomOut: words.say("zoomOut"),
      fit: words.say("fit"),
      enlarge: words.say(alone ? "restore" : "enlarge"),
    });
    ring.pane.nameTools(tools(view === "ring"));
    map.pane.nameTools(tools(view === "map"));
    const { partyCount, placeCount } = this.app.model;
    this.sayEmpty(ring.pane.canvas, partyCount === 0 ? words.say("noData") : null);
    this.sayEmpty(map.pane.canvas, placeCount === 0 ? words.say("noPlaces") : null);
  }

  /** A picture with nothing in it says so. */
  private sayEmpty(canvas: HTMLCanvasElement, text: string | null): void {
    const old = canvas.nextElementSibling;
    if (old && old.className === "empty") old.remove();
    if (text) canvas.after(element("p", { class: "empty" }, text));
  }

  // Header

  private drawHead(): void {
    const { words, model } = this.app;
    const { page } = model;
    const focused = document.activeElement && document.activeElement.getAttribute("data-name");
    const searching = document.activeElement === this.search.input;
    const first = page.notices[0];
    replace(
      this.head,
      element(
        "div",
        { class: "title" },
        element("h1", null, page.title),
        first ? element("p", null, words.pick(first)) : null,
      ),
      this.search.root,
      element(
        "div",
        { class: "actions" },
        this.viewButtons(),
        this.languageButtons(),
        this.themeButton(),
        this.saveMenu(),
        button(words.say("print"), () => window.print(), { "data-name": "print" }),
        button("?", () => this.help.open(), {
          "data-name": "help",
          title: words.say("help"),
          "aria-label": words.say("help"),
        }),
      ),
    );
    if (searching) this.search.input.focus();
    const again = focused && this.head.querySelector<HTMLElement>(`[data-name="${focused}"]`);
    if (again) again.focus();
  }

  private viewButtons(): HTMLElement {
    const { words, store } = this.app;
    const { view } = store.get();
    const choices: [View, Word, Word][] = [
      ["both", "both", "viewBoth"],
      ["ring", "ring", "viewRing"],
      ["map", "map", "viewMap"],
      ["list", "list", "viewList"],
    ];
    const buttons = choices.map(([name, label, title]) =>
      button(words.say(label), () => store.change({ view: name }), {
        "aria-pressed": String(view === name),
        title: words.say(title),
        "data-name": `view-${name}`,
      }),
    );
    return element("div", { class: "group", role: "group", "aria-label": words.say("view") }, ...buttons);
  }

  private languageButtons(): HTMLElement {
    const { words, store } = this.app;
    const choices: [Language, string, string][] = [
      ["en", "EN", "English"],
      ["vi", "VI", "Tiếng Việt"],
    ];
    const buttons = choices.map(([name, label, title]) =>
      button(label, () => store.change({ language: name }), {
        lang: name,
        title,
        "aria-label": title,
        "aria-pressed": String(words.language === name),
        "data-name": `language-${name}`,
      }),
    );
    const label = words.say("language");
    return element("div", { class: "group", role: "group", "aria-label": label }, ...buttons);
  }

  private themeButton(): HTMLElement {
    const { words, store } = this.app;
    const { theme } = store.get();
    const names: Record<Theme, Word> = { auto: "themeAuto", light: "themeLight", dark: "themeDark" };
    const next: Record<Theme, Theme> = this.app.isDark()
      ? { auto: "light", light: "dark", dark: "auto" }
      : { auto: "dark", dark: "light", light: "auto" };
    const signs: Record<Theme, string> = { auto: "◐", light: "○", dark: "●" };
    return button(signs[theme], () => store.change({ theme: next[theme] }), {
      title: words.say(names[theme]),
      "aria-label": words.say(names[theme]),
      "data-name": "theme",
    });
  }

  private saveMenu(): HTMLElement {
    const { words } = this.app;
    const menu = element("details", { class: "menu" });
    const choices: [Which, "png" | "svg", Word][] = [
      ["ring", "png", "saveRingPng"],
      ["ring", "svg", "saveRingSvg"],
      ["map", "png", "saveMapPng"],
      ["map", "svg", "saveMapSvg"],
    ];
    const buttons = choices.map(([which, form, word]) =>
      button(words.say(word), () => {
        menu.open = false;
        savePicture(this.app, which === "ring" ? this.ring : this.map, which, form);
      }),
    );
    menu.append(element("summary", null, words.say("save")), element("div", null, ...buttons));
    menu.addEventListener("focusout", (event) => {
      if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
    });
    return menu;
  }

  private drawStrip(): void {
    const { app } = this;
    const { words } = app;
    const shown = app.model.page.victims_shown;
    const filtered = anyFilter(app.store.get().filters);
    const banner = element(
      "p",
      { class: shown ? "banner loud" : "banner", role: shown ? "alert" : null },
      words.say(shown ? "victimsShown" : "victimsHidden"),
    );
    const reset = button(words.say("reset"), () => {
      resetFilters(app);
      this.drawSide();
    });
    replace(
      this.strip,
      banner,
      element("p", { class: filtered ? "shown on" : "shown" }, counterText(app)),
      filtered ? reset : null,
    );
  }

  // Side

  private drawSide(): void {
    const { app } = this;
    const { words, store } = app;
    const { tab } = store.get();
    const names: [Tab, Word][] = [
      ["details", "details"],
      ["filters", "filters"],
      ["notes", "notes"],
    ];
    const inTabs = this.tabs.contains(document.activeElement);
    replace(
      this.tabs,
      ...names.map(([name, word]) =>
        button(words.say(word), () => store.change({ tab: name }), {
          class: "tab",
          "aria-pressed": String(name === tab),
        }),
      ),
    );
    if (inTabs) {
      const chosen = this.tabs.querySelector<HTMLElement>("[aria-pressed=true]");
      if (chosen) chosen.focus();
    }
    this.body.className = `side-body side-${tab}`;
    if (tab === "details") drawDetails(app, this.body);
    else if (tab === "filters") drawFilters(app, this.body);
    else this.drawNotes();
  }

  private drawNotes(): void {
    const { words, model } = this.app;
    const notices = model.page.notices.map((notice) => element("li", null, words.pick(notice)));
    const notes = [words.say("brokersCaution"), words.say("neverProof"), ...mapNotes(this.app)];
    replace(
      this.body,
      element("ul", { class: "notices" }, ...notices, ...notes.map((note) => element("li", null, note))),
    );
  }

  // Views

  private enlarge(which: "ring" | "map"): void {
    const { view } = this.app.store.get();
    this.app.store.change({ view: view === which ? "both" : which });
  }

  private drawView(): void {
    const { view } = this.app.store.get();
    this.panes.className = `panes view-${view}`;
    if (view === "list") this.list.draw();
    this.drawHead();
    this.namePictures();
    this.ring.pane.resized();
    this.map.pane.resized();
  }

  goTo(party: number): void {
    this.app.select({ kind: "party", party });
    this.ring.bringIn(party);
    const place = this.app.model.placeOf[party];
    if (place >= 0) this.map.bringIn(place);
  }

  private comeClose(): void {
    const { focus } = this.app;
    this.ring.comeCloseTo(focus.party);
    this.map.comeCloseTo(focus.place);
  }

  // Keyboard, everywhere

  private key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey || this.help.isOpen()) return;
    if (event.key === "Escape") this.escape();
    else if (writing) return;
    else if (event.key === "/") {
      event.preventDefault();
      this.search.input.focus();
      this.search.input.select();
    } else if (event.key === "?") {
      event.preventDefault();
      this.help.open();
    }
  }

  private escape(): void {
    this.tooltip.show(null, 0, 0);
    this.ring.mayLeave = true;
    this.map.mayLeave = true;
    if (this.app.store.get().selected === null) this.search.clear();
    this.app.store.change({ selected: null, hovered: null });
  }
}
