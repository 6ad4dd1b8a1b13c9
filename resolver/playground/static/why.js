// Why a place is a mention, or why it is none.

import { afterPause, ask, latestOnly } from "./calls.js";
import { element, foreign } from "./elements.js";
import { traitsOf, typeLabel } from "./marks.js";

export class Why {
  constructor(text, packs, failed) {
    this.text = text;
    this.packs = packs;
    this.panel = document.getElementById("why");
    this.explain = latestOnly(() => this.explainNow(), failed);
    this.explainSoon = afterPause(120, () => this.explain());
    this.showNothing();
  }

  async explainNow() {
    if (!this.text.current) return; // the answer to what is being typed comes first
    const [start, end] = this.text.place();
    const mention = this.text.mentionAt([start, end]);
    if (start === end && !mention) {
      this.showNothing();
      return;
    }
    const place = mention ? { start: mention.start, end: mention.end } : { start, end };
    const found = await ask("/draft/explain", { ...this.text.document(), ...place });
    const surface = this.text.value.slice(place.start, place.end);
    this.panel.replaceChildren(...(found.mention ? this.mention(found) : this.absence(surface, found)));
  }

  showNothing() {
    this.panel.replaceChildren(
      element("p", { class: "quiet" }, "The cursor stands in no mention."),
      element("p", { class: "quiet" }, "Here you see which entities a mention may be, what each rule said, and why the others lost; for other words that you select, why they are no mention."));
  }

  mention({ mention, steps, candidates }) {
    const traits = traitsOf(mention);
    return [
      element("p", { class: "surface", dir: "auto" }, mention.surface),
      element("p", {}, typeLabel(mention.type), " ", mention.status === "resolved" ? "resolved" : "stayed ambiguous", traits && mention.status === "resolved" ? `, ${traits}` : ""),
      element("h3", {}, "Step by step"),
      element("ol", { class: "steps" }, ...steps.map((step) => element("li", { dir: "auto" }, step))),
      ...this.candidates(candidates, mention.status === "resolved" ? "it is this one" : "may be this one"),
    ];
  }

  absence(surface, { reason, candidates }) {
    return [
      element("p", { class: "surface", dir: "auto" }, surface),
      element("p", {}, "Not a mention."),
      element("ul", { class: "steps" }, ...reason.split("; ").map((part) => element("li", { dir: "auto" }, part))),
      ...this.candidates(candidates, "found here"),
    ];
  }

  candidates(candidates, words) {
    if (!candidates.length) return [];
    return [
      element("h3", {}, candidates.length === 1 ? "Candidate" : `Candidates (${candidates.length})`),
      ...candidates.map((candidate) => this.candidate(candidate, words)),
    ];
  }

  candidate({ entity_id: id, name, type, chosen, aliases, said, lost }, words) {
    const unsaid = lost.filter((reason) => !said.some((finding) => finding.reason === reason));
    return element("article", { class: chosen ? "candidate chosen" : "candidate" },
      element("h4", {}, foreign(name), " ", type && typeLabel(type)),
      id && element("p", { class: "quiet small" }, element("code", {}, id), chosen ? element("strong", {}, ` ✓ ${words}`) : ""),
      element("ul", { class: "said" },
        ...aliases.map((alias) => element("li", {}, "alias ", element("q", {}, foreign(alias.text)), ` (${alias.traits.join(", ")}), `, this.place(alias))),
        ...unique(said).map(({ rule, speaks, reason }) => element("li", { class: speaks },
          element("strong", {}, speaks === "for" ? "+ " : "− ", element("span", { class: "unseen" }, `${speaks}: `), rule), ": ", foreign(reason))),
        ...unsaid.map((reason) => element("li", { class: "against" }, element("strong", {}, "− lost"), ": ", foreign(reason)))));
  }

  /** A place in a pack, to go to where the pack is open. */
  place({ pack, file, line }) {
    const words = `${pack}, line ${line}`;
    if (!this.packs.file(file)) return element("span", { title: `${file}:${line}` }, foreign(words));
    return element("button", { type: "button", class: "plain", click: () => this.packs.goTo(file, line) }, foreign(words));
  }
}

function unique(findings) {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
