// The first view: figures, what could not be read, frequent entities, dates, and who stands with whom.

import { counted, element, foreign } from "./elements.js";
import { entityBars, typeBars } from "./bars.js";
import { tally, typeOf } from "./selection.js";
import { timeline, timelineColumns } from "./timeline.js";
import { graph, pairsOf, pairTable, roomFor } from "./graph.js";
import { linkTo, longList } from "./shown.js";

const BARS = 20;

export function overview(context) {
  const { data, selection } = context;
  return element("div", { class: "overview" },
    element("h2", { class: "unseen" }, "Overview"),
    unreadList(data.unread),
    figures(data, selection),
    element("div", { class: "two" },
      barCard(selection),
      element("div", { class: "stack" }, timelineCard(context), typeCard(context))),
    graphCard(selection),
    packList(data.packs));
}

function card(title, ...content) {
  return element("section", { class: "card" }, element("h3", {}, title), ...content);
}

/** What could not be read: nothing is left out without a word. */
export function unreadList(unread) {
  if (!unread.length) return null;
  const list = element("ul", { class: "unread" });
  const row = ([place, message]) =>
    element("li", {}, element("code", {}, foreign(place)), ": ", foreign(message));
  return element("section", { class: "card failure" },
    element("h3", {}, `${counted(unread.length, "document")} could not be read and ${unread.length === 1 ? "is" : "are"} not in this report`),
    longList(list, unread, row, { what: "faults", size: 10 }));
}

/** How much there is of everything, each figure a way to it. */
export function figures(data, selection) {
  const { marks } = selection;
  const tiles = [
    ["documents", selection.documents.length, "article", "articles"],
    ["entities", selection.entities.length, "entity", "entities"],
    [null, selection.count, "mention", "mentions"],
    ["open", marks.ambiguous, "ambiguous", "ambiguous"],
    [null, marks.garbled, "garbled", "garbled"],
  ];
  return element("ul", { class: "tiles" }, ...tiles.map(([route, count, one, many]) => {
    const content = [
      element("strong", {}, count.toLocaleString("en")), " ", element("span", {}, count === 1 ? one : many),
    ];
    return element("li", { class: "card" }, route ? linkTo(route, {}, ...content) : element("p", {}, ...content));
  }));
}

function barCard({ entities }) {
  const rows = entities.slice(0, BARS);
  if (!rows.length) return card("Most mentioned", element("p", { class: "quiet" }, "No entity is mentioned."));
  return card("Most mentioned",
    element("p", { class: "quiet small" }, `How often, the first ${rows.length} of ${counted(entities.length, "entity", "entities")}`),
    entityBars(rows));
}

function timelineCard({ data, selection, narrow }) {
  const chart = timelineColumns(
    data.documents.map((document) => document.day),
    selection.documents.map(({ document }) => document.day));
  if (!chart.columns.length) {
    return card("Articles by date", element("p", { class: "quiet" }, "No article has a date."));
  }
  const unit = { 10: "day", 7: "month", 4: "year", 3: "decade", 2: "century" }[chart.size];
  const left = chart.without ? ` ${counted(chart.without, "article")} without a date that exact.` : "";
  return card("Articles by date",
    element("p", { class: "quiet small" }, `A column a ${unit}; choosing one shows only its articles.${left}`),
    timeline(chart, (period) => narrow({ period })));
}

function typeCard({ selection, narrow }) {
  const types = tally(selection.documents.flatMap(({ mentions }) => mentions.map((m) => typeOf(m.verdict))));
  return types.length ? card("Mentions by type", typeBars(types, (type) => narrow({ types: [type] }))) : null;
}

function graphCard({ entities, documents }) {
  const title = "Mentioned together";
  const room = element("div", { class: "drawing" });
  const all = [...entities].sort((one, other) => other.documents - one.documents);
  if (all.length < 2) return card(title, element("p", { class: "quiet" }, "This takes two entities."));
  const listed = all.slice(0, 60);
  const listedPairs = pairsOf(listed, documents);
  let drawn = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (!width || Math.abs(width - drawn) < 8) return;
    drawn = width;
    const rows = all.slice(0, roomFor(width));
    room.replaceChildren(graph(rows, pairsOf(rows, documents), width));
  }).observe(room);
  return card(title,
    element("p", { class: "quiet small" }, "Lines join entities that stand in the same articles: the thicker, the more articles."),
    room,
    element("details", {}, element("summary", {}, "The same as a table"), pairTable(listed, listedPairs)));
}

function packList(packs) {
  if (!packs.length) return null;
  return element("details", { class: "card packs" },
    element("summary", {}, `Tagged with ${counted(packs.length, "pack")}`),
    element("ul", {}, ...packs.map(([name, title, version, license]) =>
      element("li", {}, element("code", {}, name), " ", foreign([title, version, license].filter(Boolean).join(", "))))));
}
