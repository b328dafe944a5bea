/** The dialog of keys. Our own, because old browsers have no dialog element. */
import type { App } from "./app";
import { button, element, replace } from "./dom";
import type { Word } from "./words";

const KEYS: [Word, Word][] = [
  ["keysMouse", "keysMouseDo"],
  ["keysTab", "keysTabDo"],
  ["keysArrows", "keysArrowsDo"],
  ["keysEnter", "keysEnterDo"],
  ["keysEsc", "keysEscDo"],
  ["keysSlash", "keysSlashDo"],
  ["keysZoom", "keysZoomDo"],
  ["keysPan", "keysPanDo"],
  ["keysHelp", "keysHelpDo"],
];

export class Help {
  readonly root = element("div", { class: "veil", hidden: true });
  private before: Element | null = null;

  constructor(private readonly app: App) {
    this.root.addEventListener("click", (event) => {
      if (event.target === this.root) this.close();
    });
    this.root.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.close();
      // Only one thing can be focused in here; Tab must not wander behind the veil.
      if (event.key === "Tab") event.preventDefault();
    });
  }

  isOpen(): boolean {
    return !this.root.hidden;
  }

  open(): void {
    const { words } = this.app;
    this.before = document.activeElement;
    const close = button(words.say("close"), () => this.close());
    const lines = KEYS.map(([key, does]) =>
      element("div", null, element("dt", null, words.say(key)), element("dd", null, words.say(does))),
    );
    const box = element(
      "div",
      { class: "dialog", role: "dialog", "aria-modal": "true", "aria-labelledby": "help-title" },
      element("h2", { id: "help-title" }, words.say("help")),
      element("dl", { class: "keys" }, ...lines),
      element("p", null, words.say("keysList")),
      close,
    );
    replace(this.root, box);
    this.root.hidden = false;
    close.focus();
  }

  close(): void {
    this.root.hidden = true;
    if (this.before instanceof HTMLElement) this.before.focus();
  }
}
