// Articles: a list to choose from, the text of one with its mentions, and the details of a mention.

import { counted, element, foreign } from "./elements.js";
import { enterAt, markedText, walkMentions } from "./marking.js";
import { meaningOf } from "./data.js";
import { mentionDetails } from "./details.js";
import { linkTo, longList, MARKS, mentionRoute } from "./shown.js";
import { isEmpty, tally, typeOf } from "./selection.js";

/** The list of articles, beside the first of them where there is room. */
export function articles(context, number) {
  const { selection } = context;
  const wanted = context.data.documents[number];
  if (!selection.documents.length && !wanted) return nothing(isEmpty(selection.filter));
  const at = wanted ? selection.documents.findIndex(({ document }) => document === wanted) : 0;
  const row = at < 0 ? { document: wanted, mentions: wanted.mentions } : selection.documents[at];
  return element("div", { class: `articles ${number === undefined ? "choosing" : "reading"}` },
    articleList(selection, row.document),
    articleView(context, row, at),
    element("section", { class: "details card", id: "details", "aria-label": "The chosen mention", tabindex: "-1" },
      element("p", { class: "quiet" }, "Choose a mention to see what it is and why.")));
}

function nothing(isAll) {
  return element("p", { class: "card quiet" }, isAll ? "There is no article." : "No article fits the filter.");
}

function articleList({ documents }, current) {
  const list = element("ul");
  const item = ({ document, mentions }) => {
    const open = mentions.filter((mention) => mention.verdict.mark === "ambiguous").length;
    return element("li", {}, linkTo(`document/${document.number}`, {
      "aria-current": document === current ? "page" : null, class: "choice",
    },
    element("span", { class: "name" }, foreign(document.id)),
    element("span", { class: "quiet small" },
      [document.date, counted(mentions.length, "mention"), open && `${open} ambiguous`].filter(Boolean).join(" · "))));
  };
  const place = documents.findIndex(({ document }) => document === current);
  return element("section", { class: "list", "aria-label": "Articles" },
    element("h2", {}, counted(documents.length, "article")),
    longList(list, documents, item, { what: "articles", size: Math.max(100, place + 50) }));
}

function articleView(context, { document, mentions }, at) {
  const { selection } = context;
  const headline = element("h2", { id: "headline", tabindex: "-1", dir: "auto" }, document.id);
  const step = (to, words) => {
    const row = at >= 0 ? selection.documents[to] : null;
    return row && linkTo(`document/${row.document.number}`, { class: "button" }, words);
  };
  return element("article", { class: "article card", "aria-labelledby": "headline" },
    element("div", { class: "screen steps" },
      linkTo("documents", { class: "button back" }, "All articles"),
      step(at - 1, "← previous"), step(at + 1, "next →")),
    headline,
    articleFacts(document, mentions),
    at < 0 ? element("p", { class: "card warning" }, "The filter leaves this article out.") : null,
    legend(mentions),
    articleText(document, mentions, context));
}

/** Date, figures, and what else the record of an article says. */
export function articleFacts(document, mentions) {
  const line = [document.date, counted(mentions.length, "mention")].filter(Boolean).join(" · ");
  return element("div", {},
    element("p", { class: "quiet small" }, line),
    document.fields.length > 0 && element("details", { class: "small" },
      element("summary", {}, "Other fields of the record"),
      element("dl", { class: "facts" }, ...document.fields.flatMap(([name, value]) =>
        [element("dt", {}, foreign(name)), element("dd", { dir: "auto" }, value)]))));
}

/** Which types and signs there are in an article. */
export function legend(mentions) {
  if (!mentions.length) return element("p", { class: "quiet" }, "Nothing is marked in this article.");
  const types = tally(mentions.map((mention) => typeOf(mention.verdict)));
  const signs = MARKS.filter((mark) => mark !== "resolved" && mentions.some((m) => m.verdict.mark === mark));
  return element("ul", { class: "legend", "aria-label": "Types in this article" },
    ...types.map(([type, count]) => element("li", {}, element("span", { class: "type", "data-type": type }, `${type} ${count}`))),
    ...signs.map((sign) => element("li", {}, element("span", {
      class: "mention", "data-status": sign, "data-kind": sign,
    }, sign))));
}

/** The text of an article with its mentions marked. */
export function markedArticle({ text }, mentions) {
  return element("div", { class: "text", dir: "auto" }, markedText(text, mentions.map(markOf)));
}

function markOf({ start, end, verdict }) {
  const { type, status, kind } = verdict;
  return { start, end, type: typeOf(verdict), status, kind, title: `${meaningOf(verdict)}${type ? ` (${type})` : ""}` };
}

function articleText(document, mentions, context) {
  const container = markedArticle(document, mentions);
  container.setAttribute("id", "text");
  walkMentions(container, (node) => {
    const mention = mentions[Number(node.dataset.number)];
    history.replaceState(null, "", `#${mentionRoute(mention)}`); // so that "back" leads to it
    showDetails(node, mention, context);
    focusDetails();
  });
  return container;
}

/** Choose the mention that a link leads to: scroll to it and show what is known of it. */
export function chooseMention(root, mention, context) {
  const row = context.selection.documents.find(({ document }) => document === mention.document);
  const shown = row ? row.mentions : mention.document.mentions;
  const node = root.querySelectorAll("#text .mention")[shown.indexOf(mention)];
  if (!node) return;
  enterAt(root.querySelector("#text"), node);
  showDetails(node, mention, context);
  node.scrollIntoView({ block: "center" });
}

function showDetails(node, mention, context) {
  const text = node.closest("#text");
  const panel = globalThis.document.getElementById("details");
  text.querySelector('[aria-expanded="true"]')?.setAttribute("aria-expanded", "false");
  node.setAttribute("aria-expanded", "true");
  const close = () => {
    node.setAttribute("aria-expanded", "false");
    panel.classList.remove("open");
    panel.replaceChildren(element("p", { class: "quiet" }, "Choose a mention to see what it is and why."));
    node.focus({ preventScroll: true });
  };
  text.closest(".articles").classList.replace("choosing", "reading"); // makes room for the details
  panel.classList.add("open");
  panel.onkeydown = (event) => {
    if (event.key === "Escape") close();
  };
  const places = context.placesOf(mention.verdict.entity);
  panel.replaceChildren(
    element("button", { type: "button", class: "close", "aria-label": "Close, back to the text", click: close }, "✕"),
    mentionDetails(mention, places, (id) => context.narrow({ entity: id })));
  panel.scrollTop = 0;
  const [covered, line] = [panel.getBoundingClientRect(), node.getBoundingClientRect()];
  const isSheet = covered.width >= innerWidth - 1;
  if (isSheet && line.bottom > covered.top) scrollBy(0, line.top - covered.top / 3);
}

/** Let the keyboard, and those who hear the page, go on at the details; Escape leads back. */
export function focusDetails() {
  globalThis.document.getElementById("details")?.focus({ preventScroll: true });
}
