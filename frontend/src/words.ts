/** Every string of the page in each of its languages, and the labels of codes from the data. */
import type { Label, Payload, Ring } from "./payload";
import { EN } from "./words-en";
import { VI } from "./words-vi";

export type Language = "en" | "vi";
export type Word = keyof typeof EN;

const TABLES: Record<Language, Record<Word, string>> = { en: EN, vi: VI };

export class Words {
  constructor(
    readonly language: Language,
    private readonly page: Payload,
  ) {}

  /** A string of the page, with {name} filled from `values`. */
  say(word: Word, values: Record<string, string | number> = {}): string {
    return TABLES[this.language][word].replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? String(values[name]) : whole,
    );
  }

  /** The label of a code; a code nobody has labelled is shown as it is. */
  code(list: string, code: string | null): string {
    if (code === null || code === undefined || code === "") return this.unknown();
    if (code === "unknown") return this.say("recordedUnknown");
    const labels = this.page.words[list];
    const label = labels && Object.prototype.hasOwnProperty.call(labels, code) ? labels[code] : null;
    return label ? label[this.language] || label.en || code : code;
  }

  pick(label: Label): string {
    return label[this.language] || label.en || label.vi;
  }

  /** A ring's number, with what it is called by place and purpose. */
  ring(ring: Ring): string {
    return ring.called ? `${ring.name}: ${this.pick(ring.called)}` : ring.name;
  }

  unknown(): string {
    return this.say("notRecorded");
  }

  orUnknown(value: string | number | null | undefined): string {
    return value === null || value === undefined || value === "" ? this.unknown() : String(value);
  }

  number(value: number): string {
    return value.toLocaleString(this.language === "vi" ? "vi-VN" : "en-GB");
  }
}
