// What goes on paper: the selection as a whole, drawn when the page is printed.

import { counted, element, foreign } from "./elements.js";
import { entityBars } from "./bars.js";
import { articleFacts, legend, markedArticle } from "./articles.js";
import { meaningOf, surfaceOf } from "./data.js";
import { candidateList } from "./details.js";
import { indexTable } from "./entities.js";
import { figures, unreadList } from "./overview.js";
import { isEmpty, tally } from "./selection.js";
import { openQuestions } from "./worklist.js";

const MOST_ARTICLES = 100;
const MOST_ENTITIES = 300;

/** Draw the paper when the page is printed, and take it away afterwards. */
export function printOnDemand(paper, context) {
  addEventListener("beforeprint", () => {
    paper.replaceChildren(...sheets(context()));
    for (const details of paper.querySelectorAll("details")) details.open = true;
  });
  addEventListener("afterprint", () => paper.replaceChildren());
}

function sheets({ data, selection }) {
  const articles = selection.documents.slice(0, MOST_ARTICLES);
  const entities = selection.entities.slice(0, MOST_ENTITIES);
  return [
    element("h1", {}, foreign(data.title)),
    isEmpty(selection.filter) ? null : element("p", {}, "Only what fits the filter is printed."),
    unreadList(data.unread),
    figures(data, selection),
    element("h2", {}, "Most mentioned"),
    entityBars(selection.entities.slice(0, 20)),
    ...questions(selection),
    element("h2", {}, part("Entities", entities.length, selection.entities.length)),
    indexTable(entities, MOST_ENTITIES),
    element("h2", {}, part("Articles", articles.length, selection.documents.length)),
    ...articles.map(sheet),
  ].filter(Boolean);
}

function part(name, printed, all) {
  return printed < all ? `${name}: the first ${printed} of ${all.toLocaleString("en")}, choose others with the filter` : name;
}

function questions(selection) {
  const open = openQuestions(selection);
  return open.length === 0 ? [] : [
    element("h2", {}, "What stayed ambiguous"),
    ...open.map(({ surface, mentions, verdict }) => element("section", {},
      element("h3", {}, foreign(surface), ` (${counted(mentions.length, "mention")})`),
      candidateList(verdict, Infinity))),
  ];
}

function sheet({ document, mentions }) {
  return element("article", { class: "sheet" },
    element("h3", {}, foreign(document.id)),
    articleFacts(document, mentions),
    legend(mentions),
    markedArticle(document, mentions),
    element("table", {}, element("tbody", {}, ...tally(mentions.map((m) => `${surfaceOf(m)}\n${meaningOf(m.verdict)}`)).map(([pair, count]) => {
      const [name, surface] = [pair.slice(pair.lastIndexOf("\n") + 1), pair.slice(0, pair.lastIndexOf("\n"))];
      return element("tr", {},
        element("td", {}, foreign(surface.replace(/\s+/g, " "))), element("td", {}, foreign(name)), element("td", { class: "number" }, count));
    }))));
}
