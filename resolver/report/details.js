// What is known of one mention.

import { element, foreign } from "./elements.js";
import { surfaceOf } from "./data.js";
import { entityLink, linkTo, longList, mentionRoute, packLine, typeLabel } from "./shown.js";

/**
 * Return the details of a mention.
 *
 * `places` are the mentions of its entity that the filter lets through; `only(id)` shows only this entity.
 */
export function mentionDetails(mention, places, only) {
  const { verdict } = mention;
  return element("div", { class: "facts-of-mention" },
    element("p", { class: "surface", dir: "auto" }, surfaceOf(mention)),
    element("p", {}, typeLabel(verdict.type), " ", statusWords(verdict)),
    element("dl", { class: "facts" }, ...facts(mention)),
    whySteps(mention),
    verdict.entity && walkThrough(mention, places),
    verdict.entity && element("p", {},
      element("button", { type: "button", click: () => only(verdict.entity.id) }, "Show only this entity")));
}

function statusWords({ status, kind, glued }) {
  const words = [status === "ambiguous" ? "stayed ambiguous" : "resolved"];
  if (kind === "garbled") words.push("a garbled form");
  if (glued) words.push("glued to its neighbour");
  return words.join(", ");
}

function facts(mention) {
  const { verdict } = mention;
  return [
    ...(verdict.entity ? fact("Entity", entityLink(verdict.entity), code(verdict.entity.id)) : []),
    ...(verdict.candidates.length ? fact("Candidates", candidateList(verdict)) : []),
    ...(verdict.entity ? fact("Alias", ...aliasOf(verdict)) : fact("Kind", verdict.kind)),
    ...(verdict.entity ? fact("Listed in", packOf(verdict.listings[0])) : []),
    ...(verdict.source ? fact("Seen in", foreign(verdict.source)) : []),
    ...(verdict.holder ? fact("Held by", entityLink(verdict.holder), code(verdict.holder.id)) : []),
    ...(mention.antecedent ? fact("Follows from", antecedentOf(mention)) : []),
  ];
}

function fact(name, ...content) {
  return [element("dt", {}, name), element("dd", {}, ...content)];
}

function code(id) {
  return element("span", {}, " ", element("code", { class: "quiet" }, id));
}

function aliasOf({ listings, kind }) {
  const { alias } = listings[0];
  return alias === null ? [kind] : [foreign(alias), element("span", { class: "quiet" }, ` (${kind})`)];
}

function packOf(listing) {
  return element("span", {}, "pack ", foreign(listing.pack), ", ", packLine(listing));
}

/** The candidates of an ambiguous mention, each with the line of its pack that may be edited. */
export function candidateList({ candidates, listings }, most = 8) {
  const item = (candidate) => {
    const listed = listings.filter((listing) => listing.entity === candidate);
    const places = listed.length ? listed : listings.filter((listing) => !listing.entity).slice(0, 1);
    return element("li", {},
      element("span", {}, entityLink(candidate), code(candidate.id)),
      element("span", { class: "listed" }, ...places.flatMap((listing) => [packLine(listing), " "])));
  };
  return longList(element("ul", { class: "candidates" }), candidates, item, { what: "candidates", size: most });
}

function antecedentOf({ document, antecedent: [start, end] }) {
  const surface = foreign(document.text.slice(start, end));
  const before = document.mentions.find((other) => other.start === start && other.end === end);
  return before ? linkTo(mentionRoute(before), {}, surface) : surface;
}

function whySteps({ reasons }) {
  if (!reasons.length) return null;
  return element("div", {},
    element("h3", {}, "Why"),
    element("ol", { class: "why" }, ...reasons.map((step) => element("li", { dir: "auto" }, step))));
}

function walkThrough(mention, places) {
  const at = places.indexOf(mention);
  if (at < 0 || places.length < 2) return null;
  const link = (place, words) =>
    place ? linkTo(mentionRoute(place), { class: "button" }, words) : null;
  return element("p", { class: "walk" },
    link(places[at - 1], "← previous"),
    element("span", { class: "quiet" }, `mention ${at + 1} of ${places.length.toLocaleString("en")}`),
    link(places[at + 1], "next →"));
}
