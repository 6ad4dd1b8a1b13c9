// Small things that several views show.

import { element, foreign } from "./elements.js";
import { surfaceOf } from "./data.js";

/** How sure a mention is, as filters and legends call it. */
export const MARKS = ["resolved", "garbled", "ambiguous"];

/** A link to a view of the report. */
export function linkTo(route, attributes, ...children) {
  return element("a", { href: `#${route}`, ...attributes }, ...children);
}

export function entityLink(entity, attributes = {}) {
  return linkTo(`entity/${entity.number}`, attributes, foreign(entity.name));
}

export function mentionRoute(mention) {
  return `document/${mention.document.number}/${mention.number}`;
}

/** A word for a type, in its colour. */
export function typeLabel(type) {
  return element("span", { class: "type", "data-type": type ?? "other" }, type ?? "mixed types");
}

/** Where in a pack an alias is listed: `ministries.yaml:12`. */
export function packLine({ pack, file, line }) {
  const place = line ? `${file || pack}:${line}` : file || pack;
  return element("code", { class: "place" }, place);
}

/** A mention with what stands around it, as a link to its place. */
export function inContext(mention, reach = 60) {
  const { text } = mention.document;
  const from = wordStart(text, mention.start, reach);
  const to = wordEnd(text, mention.end, reach);
  const flat = (stretch) => stretch.replace(/\s+/g, " ");
  const { type, status, kind } = mention.verdict;
  const mark = { class: "mention", "data-type": type, "data-status": status, "data-kind": kind };
  return element("span", { class: "context", dir: "auto" },
    from > 0 ? "… " : "",
    flat(text.slice(from, mention.start)),
    linkTo(mentionRoute(mention), {}, element("span", mark, flat(surfaceOf(mention)))),
    flat(text.slice(mention.end, to)),
    to < text.length ? " …" : "");
}

/** Where the first whole word begins that is at most `reach` before an offset. */
function wordStart(text, offset, reach) {
  if (offset <= reach) return 0;
  const skipped = /^\S*\s+/.exec(text.slice(offset - reach, offset));
  return skipped ? offset - reach + skipped[0].length : offset;
}

function wordEnd(text, offset, reach) {
  if (offset + reach >= text.length) return text.length;
  const kept = /^.*\s(?=\S*$)/su.exec(text.slice(offset, offset + reach));
  return kept ? offset + kept[0].trimEnd().length : offset;
}

/**
 * Put many things into a list, some at a time: a button shows more.
 *
 * `show` makes an element of each, `what` names them ("places"), `whole` is what the list stands in.
 */
export function longList(list, items, show, { what, size = 100, whole = list }) {
  let shown = 0;
  const more = element("button", { type: "button", click: extend });
  function extend() {
    const first = shown;
    list.append(...items.slice(shown, shown + size).map(show));
    shown = Math.min(items.length, shown + size);
    const left = items.length - shown;
    more.textContent = left > size
      ? `Show ${size} of ${left.toLocaleString("en")} more ${what}`
      : `Show ${left} more ${what}`;
    if (first) list.children[first].querySelector("a, button")?.focus();
    if (!left) more.remove();
  }
  extend();
  return element("div", {}, whole, items.length > size && element("p", { class: "more screen" }, more));
}
