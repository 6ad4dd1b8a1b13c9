// The views of the report, the way between them, and the filter that they share.

import { element } from "./elements.js";
import { readData } from "./data.js";
import { NO_FILTER, select } from "./selection.js";
import { filterControls } from "./filters.js";
import { overview } from "./overview.js";
import { articles, chooseMention, focusDetails } from "./articles.js";
import { entityIndex, entityPage } from "./entities.js";
import { worklist } from "./worklist.js";
import { linkTo } from "./shown.js";
import { printOnDemand } from "./printing.js";

const VIEWS = [
  ["overview", "Overview"],
  ["documents", "Articles"],
  ["entities", "Entities"],
  ["open", "Ambiguous"],
];
const PARENTS = { document: "documents", entity: "entities" };

const data = readData();
const main = document.getElementById("main");
let filter = NO_FILTER;
let selection = select(data, filter);
let places = null;

const context = {
  data,
  narrow,
  redraw,
  placesOf,
  get selection() {
    return selection;
  },
};

/** The mentions of an entity in the selection, in order. */
function placesOf(entity) {
  places ??= new Map(selection.entities.map((row) => [row.entity, row.mentions]));
  return places.get(entity) ?? [];
}

/** Change the filter and draw the view again; the keyboard stays where it is. */
function narrow(changes) {
  filter = { ...filter, ...(typeof changes === "function" ? changes(filter) : changes) };
  selection = select(data, filter);
  places = null;
  showFilter(filter, selection);
  redraw();
}

function redraw() {
  const before = document.activeElement;
  draw();
  if (before.isConnected) return;
  const same = before.id ? document.getElementById(before.id) : null;
  (same ?? main).focus({ preventScroll: true });
}

function route() {
  const [name, ...numbers] = location.hash.slice(1).split("/");
  return [name || "overview", ...numbers.map(Number)];
}

function draw() {
  const [name, number, mention] = route();
  const current = PARENTS[name] ?? name;
  for (const link of document.querySelectorAll("#views a")) {
    if (link.hash === `#${current}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  main.replaceChildren(viewOf(name, number));
  const headline = document.getElementById("headline")?.firstChild.textContent;
  const view = VIEWS.find(([each]) => each === current)?.[1];
  document.title = [name in PARENTS && headline, view, data.title].filter(Boolean).join(" · ");
  const chosen = data.documents[number]?.mentions[mention];
  if (name === "document" && chosen) chooseMention(main, chosen, context);
}

function viewOf(name, number) {
  switch (name) {
    case "documents":
      return articles(context);
    case "document":
      return articles(context, number);
    case "entities":
      return entityIndex(context);
    case "entity":
      return entityPage(context, number);
    case "open":
      return worklist(context);
    default:
      return overview(context);
  }
}

/** Follow a link to another view: begin at its top, and tell those who cannot see it where they are. */
function arrive() {
  draw();
  if (route().length > 2) {
    focusDetails();
    return;
  }
  scrollTo(0, 0);
  const heading = main.querySelector("#headline") ?? main.querySelector("h2") ?? main;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
  if (document.activeElement !== heading) main.focus({ preventScroll: true }); // it is not shown
}

document.getElementById("views").append(...VIEWS.map(([name, words]) => element("li", {}, linkTo(name, {}, words))));
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
const showFilter = filterControls(document.getElementById("filters"), data, narrow);
showFilter(filter, selection);
addEventListener("hashchange", arrive);
printOnDemand(document.getElementById("paper"), () => context);
draw();
