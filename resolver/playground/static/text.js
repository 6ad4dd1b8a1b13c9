// The text: resolved at every key, with its mentions marked.

import { ask, latestOnly } from "./calls.js";
import { counted } from "./elements.js";
import { MarkedField } from "./field.js";
import { markOf } from "./marks.js";

const SAMPLE = `Simon Gass flew to Doha, the Foreign Office said. Gass met Sirajuddin Haqqani of the Haqqani network and told the MoD in London by telephone.

Simon Garth, as a translated wire copy called him, said nothing of the IRGC, and the Islamic Revolutionary Guard Corps said nothing of him.`;

export class Text {
  /**
   * `packs` knows the edition; `resolved()` is called when there are other mentions, `pointed()` when the
   * cursor or the selection has moved.
   */
  constructor(packs, { resolved, pointed, failed }) {
    this.packs = packs;
    this.resolved = resolved;
    this.pointed = pointed;
    this.mentions = [];
    this.current = false;
    this.date = document.getElementById("date");
    this.field = new MarkedField(
      document.getElementById("text"), document.getElementById("text-marks"), () => this.edited());
    this.resolve = latestOnly(() => this.resolveNow(), failed);
    this.date.addEventListener("input", () => this.edited());
    document.addEventListener("selectionchange", () => {
      if (document.activeElement === this.field.area) this.showPlace();
    });
    document.getElementById("previous").addEventListener("click", () => this.step(-1));
    document.getElementById("next").addEventListener("click", () => this.step(1));
    this.field.load(remembered("text") ?? SAMPLE);
    this.date.value = remembered("date") ?? "";
  }

  get value() {
    return this.field.value;
  }

  /** The date if it is one that the server takes; another counts as none, and the field says so. */
  get day() {
    const valid = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(this.date.value);
    this.date.setAttribute("aria-invalid", String(Boolean(this.date.value) && !valid));
    return valid ? this.date.value : null;
  }

  /** What is asked of the server about this text. */
  document() {
    return { text: this.value, date: this.day, edition: this.packs.edition };
  }

  /** Where the cursor or the selection is, without the spaces at its ends. */
  place() {
    const { selectionStart: start, selectionEnd: end } = this.field.area;
    const selected = this.value.slice(start, end);
    if (!selected.trim()) return [start, start];
    return [start + selected.length - selected.trimStart().length, end - selected.length + selected.trimEnd().length];
  }

  edited() {
    performance.mark("typed"); // what typing costs stands in the timings of the browser's tools
    this.current = false;
    remember("text", this.value);
    remember("date", this.date.value);
    this.resolve();
  }

  async resolveNow() {
    const asked = this.document();
    const { mentions } = await ask("/draft/resolve", asked);
    // What was typed meanwhile is asked about next; until then marks move along with the text.
    if (asked.text !== this.value) return;
    this.mentions = mentions;
    this.current = true;
    this.shown = null;
    this.showPlace();
    if (performance.getEntriesByName("typed").length) performance.measure("marked", "typed");
    document.getElementById("count").textContent = this.summary();
    this.resolved();
  }

  summary() {
    const ambiguous = this.mentions.filter((mention) => mention.status === "ambiguous").length;
    return counted(this.mentions.length, "mention") + (ambiguous ? `, ${ambiguous} ambiguous` : "");
  }

  /** Mark the mention at the cursor, and tell of it if it is another place than before. */
  showPlace() {
    if (!this.current) return;
    const place = this.place();
    if (String(place) === this.shown) return;
    this.shown = String(place);
    const chosen = this.mentionAt(place);
    this.field.mark(this.mentions.map((mention) => markOf(mention, mention === chosen)));
    this.pointed();
  }

  mentionAt([start, end]) {
    if (start !== end) return this.mentions.find((mention) => mention.start === start && mention.end === end);
    return this.mentions.find((mention) => mention.start <= start && start < mention.end)
      ?? this.mentions.find((mention) => mention.end === start);
  }

  /** Go to the next mention, or the one before. */
  step(by) {
    const at = this.field.area.selectionStart;
    const next = by > 0
      ? this.mentions.find((mention) => mention.start > at) ?? this.mentions[0]
      : this.mentions.findLast((mention) => mention.end < at) ?? this.mentions.at(-1);
    if (next) this.go(next);
  }

  go(mention) {
    this.field.go(mention.start);
    this.showPlace();
  }
}

/** Keep something for as long as the tab is open; what does not fit is not kept. */
function remember(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    sessionStorage.removeItem(name);
  }
}

function remembered(name) {
  return sessionStorage.getItem(name);
}
