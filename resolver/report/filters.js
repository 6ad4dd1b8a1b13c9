// The controls of the filter, above every view.

import { counted, element } from "./elements.js";
import { isEmpty, NO_FILTER, tally, typeOf } from "./selection.js";
import { MARKS } from "./shown.js";
import { labelOf } from "./timeline.js";

const WAIT = 150; // milliseconds after a key until the filter is used

/** Build the controls once; returns a function that brings them up to date with a filter and a selection. */
export function filterControls(root, data, narrow) {
  const types = tally(data.documents.flatMap((document) => document.mentions.map((m) => typeOf(m.verdict))));
  const toggles = [
    ...types.map(([type]) => toggle("types", type, element("span", { class: "type", "data-type": type }, type), narrow)),
  ];
  const marks = MARKS.map((mark) =>
    toggle("marks", mark, element("span", { class: "mention", "data-status": mark, "data-kind": mark }, mark), narrow));
  const entity = search("entity", "Entity", "name, alias or id", narrow);
  const words = search("words", "Words in the article", "any words", narrow);
  const period = element("button", { type: "button", class: "period", click: () => narrow({ period: "" }) });
  const clear = element("button", { type: "button", click: () => narrow(NO_FILTER) }, "Clear filters");
  const status = element("p", { role: "status", class: "quiet small" });
  const summary = element("summary", {}, "Filters");
  const wide = matchMedia("(min-width: 60rem)").matches;
  root.replaceChildren(element("details", { open: wide },
    summary,
    element("div", { class: "controls" },
      group("Type", toggles), group("Status", marks),
      element("div", { class: "searches" }, entity.label, words.label), period, clear)), status);

  return (filter, selection) => {
    for (const each of [...toggles, ...marks]) each.setAttribute("aria-pressed", String(filter[each.name].includes(each.value)));
    for (const field of [entity, words]) {
      if (!field.isWaiting()) field.input.value = filter[field.input.name];
    }
    period.hidden = !filter.period;
    period.textContent = filter.period ? `${labelOf(filter.period)} ✕` : "";
    period.setAttribute("aria-label", filter.period ? `Only ${labelOf(filter.period)}; show all dates` : "");
    clear.hidden = isEmpty(filter);
    summary.textContent = isEmpty(filter) ? "Filters" : "Filters (in use)";
    status.textContent = isEmpty(filter)
      ? `${counted(selection.count, "mention")} in ${counted(data.documents.length, "article")}`
      : `The filter shows ${counted(selection.count, "mention")} in ${selection.documents.length.toLocaleString("en")} of ${counted(data.documents.length, "article")}`;
  };
}

function toggle(name, value, label, narrow) {
  const button = element("button", { type: "button", class: "toggle", name, value, "aria-pressed": "false" }, label);
  button.addEventListener("click", () => {
    narrow((filter) => {
      const chosen = filter[name];
      return { [name]: chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value] };
    });
  });
  return button;
}

function group(name, buttons) {
  return element("div", { role: "group", "aria-label": name, class: "group" },
    element("span", { class: "quiet small", "aria-hidden": "true" }, name), ...buttons);
}

function search(name, words, placeholder, narrow) {
  let waiting = 0;
  const input = element("input", { type: "search", name, placeholder, autocomplete: "off" });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      waiting = 0;
      narrow({ [name]: input.value });
    }, WAIT);
  });
  return { input, isWaiting: () => waiting !== 0, label: element("label", {}, element("span", { class: "quiet small" }, words), input) };
}
