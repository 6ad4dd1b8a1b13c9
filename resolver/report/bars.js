// The most frequent entities as bars.

import { drawn, element, counted } from "./elements.js";
import { entityLink } from "./shown.js";

/** Return a list of bars of entities, the longest first. */
export function entityBars(rows) {
  const most = rows[0]?.mentions.length ?? 0;
  return element("ol", { class: "bars" }, ...rows.map(({ entity, mentions, documents }) =>
    element("li", { title: `${counted(mentions.length, "mention")} in ${counted(documents, "article")}` },
      entityLink(entity, { class: "name" }),
      bar(mentions.length / most, entity.type),
      element("span", { class: "number" }, mentions.length.toLocaleString("en")))));
}

/** Return a list of bars of types; `choose(type)` shows only that type. */
export function typeBars(types, choose) {
  const most = types[0][1];
  return element("ol", { class: "bars" }, ...types.map(([type, count]) =>
    element("li", {},
      element("button", { type: "button", class: "plain name", click: () => choose(type) }, type),
      bar(count / most, type),
      element("span", { class: "number" }, count.toLocaleString("en")))));
}

function bar(share, type) {
  return drawn("svg", { class: "bar", width: "100%", height: "16", "aria-hidden": "true" },
    drawn("rect", {
      class: "type", "data-type": type ?? "other", width: `${Math.max(0.5, share * 100)}%`, height: "16", rx: "3",
    }));
}
