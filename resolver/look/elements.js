// Elements made of values. Text becomes text nodes, so that nothing in it can be markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element; attributes that are null or false are left out, functions become listeners. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Make an element of a drawing. */
export function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Text of unknown direction inside a sentence of ours. */
export function foreign(text) {
  return element("bdi", {}, text);
}

/** A count and its noun: `counted(1, "mention")`, `counted(2, "entity", "entities")`. */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
