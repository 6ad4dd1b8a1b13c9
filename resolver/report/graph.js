// Which entities are mentioned in the same articles: as a drawing, and as a table that says the same.

import { counted, drawn, element } from "./elements.js";
import { placeNodes } from "./layout.js";
import { compare } from "./selection.js";
import { entityLink, longList } from "./shown.js";

const LETTER = 6.2; // about how broad a letter of a label is

/**
 * Return pairs of entities, those together in most articles first: [{one, other, weight}].
 *
 * `rows` are the entities to look at, `documents` those of the selection.
 */
export function pairsOf(rows, documents) {
  const order = new Map(rows.map((row, number) => [row.entity, number]));
  const pairs = new Map();
  for (const { mentions } of documents) {
    const here = new Set(mentions.map((mention) => order.get(mention.verdict.entity)));
    here.delete(undefined);
    const sorted = [...here].sort((one, other) => one - other);
    sorted.forEach((one, at) => {
      for (const other of sorted.slice(at + 1)) {
        const key = one * rows.length + other;
        pairs.set(key, (pairs.get(key) ?? 0) + 1);
      }
    });
  }
  return [...pairs]
    .map(([key, weight]) => ({ one: Math.floor(key / rows.length), other: key % rows.length, weight }))
    .sort((a, b) => b.weight - a.weight || a.one - b.one || a.other - b.other);
}

/** Draw the entities of `rows` and the strongest ties between them, `width` pixels wide. */
export function graph(rows, pairs, width) {
  const height = Math.round(Math.min(620, Math.max(420, width * 0.62)));
  const ties = strongest(pairs, rows);
  const places = placeNodes(rows.length, ties.map((tie) => [tie.one, tie.other, closeness(tie, rows)]), width, height, 50);
  const nodes = rows.map((row, number) => nodeOf(row, places[number], rows[0].documents));
  placeLabels(nodes, width, height);
  const lines = ties.map((tie) => lineOf(tie, places, ties[0].weight));
  const drawing = drawn("svg", {
    class: "graph", viewBox: `0 0 ${width} ${height}`, width, height, role: "group",
    "aria-label": `Graph of ${rows.length} entities; the table below it says the same`,
  }, drawn("g", { "aria-hidden": "true" }, ...lines), ...nodes.map(drawNode));
  highlightNeighbours(drawing, ties);
  return drawing;
}

/** The ties to draw: the strongest of all, and the strongest of each entity, so that nobody floats alone. */
function strongest(pairs, rows) {
  const kept = new Set(pairs.slice(0, rows.length * 2));
  for (const number of rows.keys()) {
    pairs.filter(({ one, other }) => one === number || other === number).slice(0, 2).forEach((tie) => kept.add(tie));
  }
  return pairs.filter((tie) => kept.has(tie));
}

/** How much two entities belong together: those that stand everywhere belong to nobody in particular. */
function closeness({ one, other, weight }, rows) {
  return weight / Math.sqrt(rows[one].documents * rows[other].documents);
}

function nodeOf({ entity, documents }, [x, y], most) {
  const name = entity.name.length > 26 ? `${entity.name.slice(0, 25).trimEnd()}…` : entity.name;
  return { entity, documents, name, x, y, radius: 5 + 11 * Math.sqrt(documents / most) };
}

function lineOf({ one, other, weight }, places, most) {
  return drawn("line", {
    class: "tie", "data-ends": `${one} ${other}`,
    x1: places[one][0], y1: places[one][1], x2: places[other][0], y2: places[other][1],
    "stroke-width": (0.6 + 4 * (weight / most)).toFixed(2),
  });
}

/** Write each label where it hides the least: below, above, right or left of its node. */
function placeLabels(nodes, width, height) {
  const taken = nodes.map(({ x, y, radius }) => [x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2]);
  for (const node of nodes) {
    const length = node.name.length * LETTER;
    const spots = [
      ["middle", node.x, node.y + node.radius + 12, node.x - length / 2],
      ["middle", node.x, node.y - node.radius - 5, node.x - length / 2],
      ["start", node.x + node.radius + 4, node.y + 4, node.x + node.radius + 4],
      ["end", node.x - node.radius - 4, node.y + 4, node.x - node.radius - 4 - length],
    ].map(([anchor, x, y, left]) => ({ anchor, x, y, box: [left, y - 10, left + length, y + 3] }));
    const cost = ({ box }) => outside(box, width, height) * 50 + taken.reduce((sum, other) => sum + shared(box, other), 0);
    const best = spots.reduce((one, other) => (cost(other) < cost(one) ? other : one));
    node.label = best;
    taken.push(best.box);
  }
}

function shared([left, top, right, bottom], other) {
  const across = Math.min(right, other[2]) - Math.max(left, other[0]);
  const down = Math.min(bottom, other[3]) - Math.max(top, other[1]);
  return across > 0 && down > 0 ? across * down : 0;
}

function outside([left, top, right, bottom], width, height) {
  return Math.max(0, -left) + Math.max(0, -top) + Math.max(0, right - width) + Math.max(0, bottom - height);
}

function drawNode({ entity, documents, name, x, y, radius, label }, number) {
  const words = `${entity.name}: in ${counted(documents, "article")}`;
  return drawn("a", { href: `#entity/${entity.number}`, class: "node", "data-node": number, "aria-label": words },
    drawn("title", {}, words),
    drawn("circle", { class: "type", "data-type": entity.type ?? "other", cx: x, cy: y, r: radius }),
    drawn("text", { x: label.x, y: label.y, "text-anchor": label.anchor }, name));
}

/** While a node is pointed at or has the focus, its ties stand out. */
function highlightNeighbours(drawing, ties) {
  const show = (event) => {
    const number = event.target.closest?.(".node")?.getAttribute("data-node");
    const leaving = event.type === "pointerout" || event.type === "focusout";
    drawing.classList.toggle("pointing", !leaving && number !== undefined && number !== null);
    drawing.querySelectorAll(".tie").forEach((line, at) => {
      const near = String(ties[at].one) === number || String(ties[at].other) === number;
      line.classList.toggle("near", near && !leaving);
    });
  };
  for (const name of ["pointerover", "pointerout", "focusin", "focusout"]) drawing.addEventListener(name, show);
}

/** The same as a table: every pair, and in how many articles it is. */
export function pairTable(rows, pairs) {
  const body = element("tbody");
  const table = element("table", {},
    element("thead", {}, element("tr", {},
      element("th", { scope: "col" }, "Entity"), element("th", { scope: "col" }, "and"),
      element("th", { scope: "col", class: "number" }, "Articles"))),
    body);
  const row = ({ one, other, weight }) => element("tr", {},
    element("td", {}, entityLink(rows[one].entity)), element("td", {}, entityLink(rows[other].entity)),
    element("td", { class: "number" }, weight.toLocaleString("en")));
  return longList(body, pairs, row, { what: "pairs", size: 50, whole: table });
}

/** The entities most often in the same articles as one: [[entity, articles]]. */
export function companions(entity, documents, most) {
  const counts = new Map();
  for (const { document } of documents) {
    const here = new Set(document.mentions.map((mention) => mention.verdict.entity));
    if (!here.has(entity)) continue;
    for (const other of here) if (other && other !== entity) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || compare(a[0].id, b[0].id)).slice(0, most);
}

/** The number of nodes that a drawing of a width has room for. */
export function roomFor(width) {
  return width < 520 ? 14 : width < 800 ? 22 : 30;
}

