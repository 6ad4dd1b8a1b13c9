// Where the nodes of a graph are drawn. No chance is in it: the same graph looks the same every time.

const ROUNDS = 400;

/**
 * Place nodes so that those with strong ties lie near one another.
 *
 * `ties` are [from, to, weight] by number of node. Returns [x, y] of each node within width and height, less a
 * margin.
 */
export function placeNodes(count, ties, width, height, margin) {
  const nodes = Array.from({ length: count }, (_, number) => startOf(number, count));
  const heaviest = Math.max(...ties.map(([, , weight]) => weight), Number.MIN_VALUE);
  const ideal = 1 / Math.sqrt(count || 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    const moves = nodes.map(() => [0, 0]);
    repel(nodes, moves, ideal);
    attract(nodes, moves, ties, ideal, heaviest);
    gather(nodes, moves, ideal);
    step(nodes, moves, 0.1 * (1 - round / ROUNDS));
  }
  const places = fitted(nodes, width, height, margin);
  for (let round = 0; round < 60; round += 1) separate(places, width, height, margin);
  return places;
}

/** Make room for labels, which are broader than high; pixels. */
function separate(places, width, height, margin) {
  for (let one = 0; one < places.length; one += 1) {
    for (let other = 0; other < one; other += 1) {
      const [dx, dy] = [(places[one][0] - places[other][0]) / 2, places[one][1] - places[other][1]];
      const apart = Math.hypot(dx, dy) || 1;
      if (apart >= 42) continue;
      const [moveX, moveY] = [(dx / apart) * (42 - apart) * 0.5, (dy / apart) * (42 - apart) * 0.25];
      push(places[one], moveX, moveY, 1);
      push(places[other], moveX, moveY, -1);
    }
  }
  for (const place of places) {
    place[0] = Math.min(width - margin, Math.max(margin, place[0]));
    place[1] = Math.min(height - 26, Math.max(20, place[1]));
  }
}

/** Begin on a spiral: the most frequent in the middle. */
function startOf(number, count) {
  const angle = number * 2.399963;
  const radius = Math.sqrt((number + 0.5) / count) / 2;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function repel(nodes, moves, ideal) {
  nodes.forEach(([x, y], one) => {
    for (let other = one + 1; other < nodes.length; other += 1) {
      const [dx, dy] = [x - nodes[other][0], y - nodes[other][1]];
      const force = (ideal * ideal) / Math.max(1e-4, dx * dx + dy * dy);
      push(moves[one], dx, dy, force);
      push(moves[other], dx, dy, -force);
    }
  });
}

function attract(nodes, moves, ties, ideal, heaviest) {
  for (const [one, other, weight] of ties) {
    const [dx, dy] = [nodes[one][0] - nodes[other][0], nodes[one][1] - nodes[other][1]];
    const force = (Math.hypot(dx, dy) / ideal) * (0.15 + 0.85 * (weight / heaviest));
    push(moves[one], dx, dy, -force);
    push(moves[other], dx, dy, force);
  }
}

/** Keep what has no ties from drifting away. */
function gather(nodes, moves, ideal) {
  nodes.forEach(([x, y], number) => push(moves[number], x, y, -0.6));
}

function push(move, dx, dy, force) {
  move[0] += dx * force;
  move[1] += dy * force;
}

function step(nodes, moves, most) {
  moves.forEach(([dx, dy], number) => {
    const far = Math.hypot(dx, dy) || 1;
    const length = Math.min(far, most);
    nodes[number][0] += (dx / far) * length;
    nodes[number][1] += (dy / far) * length;
  });
}

function fitted(nodes, width, height, margin) {
  const range = (axis) => {
    const values = nodes.map((node) => node[axis]);
    return [Math.min(...values), Math.max(...values) - Math.min(...values) || 1];
  };
  const [left, breadth] = range(0);
  const [top, depth] = range(1);
  return nodes.map(([x, y]) => [
    margin + ((x - left) / breadth) * (width - 2 * margin),
    margin / 2 + ((y - top) / depth) * (height - 1.5 * margin),
  ]);
}
