// The index of entities, and the page of one: surfaces, lines of packs, companions, places.

import { counted, element, foreign } from "./elements.js";
import { surfaceOf } from "./data.js";
import { companions } from "./graph.js";
import { compare, tally } from "./selection.js";
import { entityLink, inContext, linkTo, longList, packLine, typeLabel } from "./shown.js";

const ORDERS = {
  mentions: (one, other) => other.mentions.length - one.mentions.length,
  articles: (one, other) => other.documents - one.documents,
  name: (one, other) => compare(one.entity.name.toLowerCase(), other.entity.name.toLowerCase()),
};
let order = "mentions";

export function entityIndex({ selection, redraw }) {
  const rows = [...selection.entities].sort(ORDERS[order]);
  if (!rows.length) return element("p", { class: "card quiet" }, "No entity fits the filter.");
  const choose = (name) => {
    order = name;
    redraw();
  };
  const sorting = element("p", { class: "sorting screen", role: "group", "aria-label": "Order" },
    element("span", { class: "quiet", "aria-hidden": "true" }, "by"),
    ...Object.keys(ORDERS).map((name) =>
      element("button", { type: "button", id: `by-${name}`, "aria-pressed": String(name === order), click: () => choose(name) }, name)));
  return element("section", { class: "card" },
    element("div", { class: "head" }, element("h2", {}, counted(rows.length, "entity", "entities")), sorting),
    indexTable(rows));
}

/** A table of entities with counts and surfaces. */
export function indexTable(rows, size = 100) {
  const body = element("tbody");
  const head = (name, kind) => element("th", { scope: "col", class: kind }, name);
  const table = element("table", { class: "index" },
    element("thead", {}, element("tr", {}, head("Entity"), head("Mentions", "number"), head("Articles", "number"), head("Written as", "surfaces"))),
    body);
  return longList(body, rows, indexRow, { what: "entities", size, whole: table });
}

function indexRow({ entity, mentions, documents }) {
  const surfaces = tally(mentions.map(surfaceOf));
  const first = surfaces.slice(0, 4).flatMap(([surface, count], at) => [at ? ", " : "", foreign(surface), ` ${count}`]);
  const rest = surfaces.length > 4 ? `, and ${surfaces.length - 4} more` : "";
  return element("tr", {},
    element("td", {}, entityLink(entity), " ", typeLabel(entity.type)),
    element("td", { class: "number" }, mentions.length.toLocaleString("en")),
    element("td", { class: "number" }, documents.toLocaleString("en")),
    element("td", { class: "surfaces small" }, ...first, rest));
}

export function entityPage(context, number) {
  const { data, selection } = context;
  const entity = data.entities[number];
  if (!entity) return element("p", { class: "card quiet" }, "There is no such entity.");
  const places = context.placesOf(entity);
  const documents = new Set(places.map((mention) => mention.document)).size;
  return element("div", { class: "entity" },
    element("section", { class: "card" },
      element("div", { class: "head" },
        element("h2", { tabindex: "-1", id: "headline" }, foreign(entity.name), " ", typeLabel(entity.type)),
        element("button", { type: "button", click: () => context.narrow({ entity: entity.id }) }, "Show only this entity")),
      element("p", { class: "quiet" }, element("code", {}, entity.id), ` · ${counted(places.length, "mention")} in ${counted(documents, "article")}`),
      candidateNote(entity, selection)),
    element("div", { class: "two" },
      surfaceCard(places),
      companionCard(entity, selection)),
    placeCard(places));
}

function candidateNote(entity, { documents }) {
  const open = documents.flatMap(({ mentions }) => mentions).filter(({ verdict }) => verdict.candidates.includes(entity));
  if (!open.length) return null;
  return element("p", {}, linkTo("open", {}, `${counted(open.length, "ambiguous mention")} may be this entity, too`));
}

function surfaceCard(places) {
  const rows = [...grouped(places)].sort((one, other) => other[1].length - one[1].length || compare(one[0], other[0]));
  const body = element("tbody");
  const head = (name, kind) => element("th", { scope: "col", class: kind }, name);
  const table = element("table", {},
    element("thead", {}, element("tr", {}, head("Written as"), head("Mentions", "number"), head("Kind", "kind"), head("Listed in"))), body);
  const row = ([surface, mentions]) => {
    const verdicts = [...new Set(mentions.map((mention) => mention.verdict))];
    const kinds = [...new Set(verdicts.map((verdict) => verdict.kind))].join(", ");
    const lines = new Map(verdicts.map((verdict) => verdict.listings[0]).map((line) => [`${line.pack} ${line.line}`, line]));
    return element("tr", {},
      element("td", {}, foreign(surface)),
      element("td", { class: "number" }, mentions.length.toLocaleString("en")),
      element("td", { class: "small kind" }, kinds),
      element("td", { class: "small" }, ...[...lines.values()].slice(0, 3).flatMap((line) => [packLine(line), " "])));
  };
  return element("section", { class: "card" }, element("h3", {}, "Surfaces"),
    longList(body, rows, row, { what: "surfaces", size: 15, whole: table }));
}

function grouped(places) {
  const groups = new Map();
  for (const place of places) {
    const surface = surfaceOf(place);
    if (!groups.has(surface)) groups.set(surface, []);
    groups.get(surface).push(place);
  }
  return groups;
}

function companionCard(entity, { documents }) {
  const rows = companions(entity, documents, 12);
  return element("section", { class: "card" }, element("h3", {}, "Mentioned together with"),
    rows.length
      ? element("ul", { class: "plain" }, ...rows.map(([other, count]) =>
        element("li", {}, entityLink(other), element("span", { class: "quiet" }, ` ${counted(count, "article")}`))))
      : element("p", { class: "quiet" }, "Nothing else."));
}

function placeCard(places) {
  const list = element("ol", { class: "places" });
  const row = (mention) => element("li", {},
    element("span", { class: "quiet small" }, foreign(mention.document.id), mention.document.date ? ` · ${mention.document.date}` : ""),
    inContext(mention));
  return element("section", { class: "card" }, element("h3", {}, "Places"),
    places.length
      ? longList(list, places, row, { what: "places", size: 50 })
      : element("p", { class: "quiet" }, "No mention of it is shown; the filter may leave them out."));
}
