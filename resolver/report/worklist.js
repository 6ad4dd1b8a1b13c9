// What stayed ambiguous, as a list of work: each surface with its candidates and the lines that may be edited.

import { counted, element, foreign } from "./elements.js";
import { candidateList } from "./details.js";
import { surfaceOf } from "./data.js";
import { compare } from "./selection.js";
import { inContext, longList } from "./shown.js";

/** Group ambiguous mentions by surface, capitals aside: [{surface, mentions, documents, verdicts}]. */
export function openQuestions({ documents }) {
  const groups = new Map();
  for (const { mentions } of documents) {
    for (const mention of mentions) {
      if (mention.verdict.mark !== "ambiguous") continue;
      const surface = surfaceOf(mention);
      const key = surface.toLowerCase();
      if (!groups.has(key)) groups.set(key, { surface, mentions: [] });
      groups.get(key).mentions.push(mention);
    }
  }
  return [...groups.values()]
    .map((group) => ({
      ...group,
      documents: new Set(group.mentions.map((mention) => mention.document)).size,
      verdict: everyCandidate(group.mentions.map((mention) => mention.verdict)),
    }))
    .sort((one, other) => other.mentions.length - one.mentions.length || compare(one.surface, other.surface));
}

/** The candidates may differ from place to place: take them together. */
function everyCandidate(verdicts) {
  const distinct = [...new Set(verdicts)];
  const lines = distinct.flatMap((verdict) => verdict.listings);
  const listings = [...new Map(lines.map((line) => [JSON.stringify([line.pack, line.line, line.entity?.id]), line])).values()];
  return { candidates: [...new Set(distinct.flatMap((verdict) => verdict.candidates))], listings };
}

export function worklist({ selection }) {
  const questions = openQuestions(selection);
  if (!questions.length) return element("p", { class: "card quiet" }, "Nothing stayed ambiguous.");
  const count = questions.reduce((sum, question) => sum + question.mentions.length, 0);
  const list = element("ol", { class: "questions" });
  return element("div", {},
    element("section", { class: "card" },
      element("h2", {}, `${counted(count, "mention")} of ${counted(questions.length, "name")} stayed ambiguous`),
      element("p", { class: "quiet" },
        "Nothing in these articles says which candidate is meant. To decide, edit the line of a candidate: give it a ",
        element("code", {}, "context"), " that tells it from the others, or declare it the ", element("code", {}, "default"), ".")),
    longList(list, questions, questionCard, { what: "names", size: 50 }));
}

function questionCard(question) {
  const places = element("ol", { class: "places" });
  const row = (mention) => element("li", {},
    element("span", { class: "quiet small" }, foreign(mention.document.id)), inContext(mention));
  return element("li", { class: "card question" },
    element("h3", {},
      foreign(question.surface), " ",
      element("span", { class: "quiet small" }, `${counted(question.mentions.length, "mention")} in ${counted(question.documents, "article")}`)),
    element("div", { class: "two" },
      element("div", {}, element("h4", {}, "May be"), candidateList(question.verdict)),
      element("div", {}, element("h4", {}, "Where"), longList(places, question.mentions, row, { what: "places", size: 3 }))));
}
