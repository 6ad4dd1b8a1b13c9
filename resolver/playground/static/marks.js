// Mentions as they are shown: a mark in a text, a label, a line about what they are.

import { element, foreign } from "./elements.js";

/** Return what the mark of a mention looks like. */
export function markOf(mention, chosen = false) {
  const attributes = {
    class: chosen ? "mention chosen" : "mention",
    "data-type": mention.type ?? "other",
    "data-status": mention.status,
    "data-kind": mention.kind,
  };
  return { start: mention.start, end: mention.end, attributes };
}

/** Return a label for a type. */
export function typeLabel(type) {
  return element("span", { class: "type", "data-type": type ?? "other" }, type ?? "several types");
}

/** Return what a mention is, in a few words. */
export function outcomeOf(mention) {
  if (mention.status === "ambiguous") {
    return element("span", {}, "ambiguous: ",
      ...mention.candidates.flatMap((candidate, at) => [at ? " or " : "", foreign(candidate.name)]));
  }
  const holder = mention.holder ? [", held by ", foreign(mention.holder.name)] : [];
  return element("span", {}, foreign(mention.name), ...holder);
}

/** Return the traits of a mention that are worth a word. */
export function traitsOf(mention) {
  const traits = [mention.kind];
  if (mention.status === "ambiguous") traits.push("ambiguous");
  if (mention.glued) traits.push("glued to its neighbour");
  return traits.filter((trait) => trait !== "full").join(", ");
}
