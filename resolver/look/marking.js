// A text with its mentions marked, and the way of the keyboard through them.

import { element } from "./elements.js";

// Longer texts are cut into blocks of about so many UTF-16 units, which browsers lay out when they come into view.
const STRETCH = 8_000;

/**
 * Return the nodes of a text with some stretches marked.
 *
 * Marks are {start, end, type, status, kind, title}, ascending and disjoint; start and end count UTF-16
 * units, end exclusive. The nth mark becomes a button with data-number n.
 */
export function markedText(text, marks) {
  const nodes = document.createDocumentFragment();
  const cuts = cutsOf(text, marks);
  let next = 0;
  let done = 0;
  for (const cut of [...cuts, text.length]) {
    const part = cuts.length ? element("div", { class: "stretch" }) : nodes;
    for (; next < marks.length && marks[next].end <= cut; next += 1) {
      const { start, end } = marks[next];
      if (start > done) part.append(text.slice(done, start));
      part.append(markedSurface(text.slice(start, end), marks[next], next));
      done = end;
    }
    part.append(text.slice(done, cut));
    done = cut;
    if (part !== nodes) nodes.append(part);
  }
  return nodes;
}

/** Where a text can be cut: behind line ends that are not inside a mark. */
function cutsOf(text, marks) {
  const cuts = [];
  let next = 0;
  let cut = text.indexOf("\n", STRETCH) + 1;
  while (cut > 0 && cut < text.length) {
    while (next < marks.length && marks[next].end <= cut) next += 1;
    const isInside = next < marks.length && marks[next].start < cut;
    if (!isInside) cuts.push(cut);
    cut = text.indexOf("\n", isInside ? cut : cut + STRETCH) + 1;
  }
  return cuts;
}

function markedSurface(surface, mark, number) {
  const attributes = {
    class: "mention",
    "data-type": mark.type,
    "data-status": mark.status,
    "data-kind": mark.kind,
    "data-number": number,
    title: mark.title,
    role: "button",
    tabindex: number === 0 ? "0" : "-1",
    "aria-expanded": "false",
  };
  return element("span", attributes, surface);
}

/**
 * Let a text be walked: Tab enters it at one mention, arrow keys go from mention to mention, Home and End to
 * the first and the last; a click, Enter or Space calls `choose(mention element)`.
 */
export function walkMentions(container, choose) {
  container.addEventListener("click", (event) => {
    const mention = event.target.closest(".mention");
    if (!mention || String(getSelection())) return;
    enterAt(container, mention);
    choose(mention);
  });
  container.addEventListener("keydown", (event) => {
    const mention = event.target.closest(".mention");
    if (!mention || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(mention);
      return;
    }
    const next = neighbour(container, mention, event.key);
    if (!next) return;
    event.preventDefault();
    enterAt(container, next);
    next.focus();
  });
}

function neighbour(container, mention, key) {
  const all = [...container.querySelectorAll(".mention")];
  const at = all.indexOf(mention);
  const forward = getComputedStyle(container).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const places = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: all.length - 1 };
  return key in places ? all[places[key]] : undefined;
}

/** Make a mention the one at which Tab enters the text. */
export function enterAt(container, mention) {
  container.querySelector('.mention[tabindex="0"]')?.setAttribute("tabindex", "-1");
  mention.setAttribute("tabindex", "0");
}
