// The filter, and what it lets through: every view shows a selection.

/** A filter that lets everything through. */
export const NO_FILTER = Object.freeze({
  types: Object.freeze([]), // any of these types; none: all
  marks: Object.freeze([]), // any of resolved, garbled, ambiguous; none: all
  entity: "", // an id, or a part of a name or alias
  words: "", // in the id or the text of a document
  period: "", // the beginning of a date: 2021, 2021-08 or 2021-08-31
});

/** The type of a mention for filters and legends. */
export function typeOf(verdict) {
  return verdict.type ?? "other";
}

/** Whether a filter asks something of mentions, so that a document without any is not shown. */
export function asksOfMentions(filter) {
  return filter.types.length + filter.marks.length > 0 || filter.entity.trim() !== "";
}

/** Whether a filter lets everything through. */
export function isEmpty(filter) {
  return !asksOfMentions(filter) && !filter.words.trim() && !filter.period;
}

/**
 * Return what a filter lets through.
 *
 * documents: [{document, mentions}] in order; entities: [{entity, mentions, documents, surfaces}], those with most
 * mentions first; count: how many mentions; marks: how many of each.
 */
export function select(data, filter) {
  const passes = mentionTest(filter, data);
  const words = filter.words.trim().toLowerCase();
  const found = { filter, documents: [], entities: [], count: 0, marks: { resolved: 0, garbled: 0, ambiguous: 0 } };
  const byEntity = new Map();
  for (const document of data.documents) {
    if (filter.period && !document.day?.startsWith(filter.period)) continue;
    if (words && !`${document.id}\n${document.text}`.toLowerCase().includes(words)) continue;
    const mentions = document.mentions.filter((mention) => passes(mention.verdict));
    if (!mentions.length && asksOfMentions(filter)) continue;
    found.documents.push({ document, mentions });
    found.count += mentions.length;
    for (const mention of mentions) {
      found.marks[mention.verdict.mark] += 1;
      if (mention.verdict.entity) add(byEntity, mention);
    }
  }
  found.entities = [...byEntity.values()].sort(byFrequency);
  return found;
}

function mentionTest(filter, data) {
  const entity = filter.entity.trim();
  const sought = entity.toLowerCase();
  const isId = data.entities.some((each) => each.id === entity);
  const answers = new Map();
  const test = (verdict) =>
    (!filter.types.length || filter.types.includes(typeOf(verdict))) &&
    (!filter.marks.length || filter.marks.includes(verdict.mark)) &&
    (!entity || (isId ? verdict.ids.includes(entity) : verdict.sought.includes(sought)));
  return (verdict) => {
    if (!answers.has(verdict)) answers.set(verdict, test(verdict));
    return answers.get(verdict);
  };
}

function add(byEntity, mention) {
  const { entity } = mention.verdict;
  let row = byEntity.get(entity);
  if (!row) {
    row = { entity, mentions: [], documents: 0, last: null };
    byEntity.set(entity, row);
  }
  row.mentions.push(mention);
  if (row.last !== mention.document) row.documents += 1;
  row.last = mention.document;
}

function byFrequency(one, other) {
  return other.mentions.length - one.mentions.length || compare(one.entity.id, other.entity.id);
}

/** Order strings by their characters, the same on every machine. */
export function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Return [value, how many], most frequent first. */
export function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1] || compare(one[0], other[0]));
}
