// The data of the report, with numbers turned into what they stand for.
//
// An entity is {number, id, name, type, mentions}, a verdict what the report says of a mention apart from its
// place, a mention {document, number, start, end, verdict, reasons, antecedent}. Offsets count UTF-16 units.

/** Read the data that stand in the page. */
export function readData() {
  const raw = JSON.parse(document.getElementById("data").textContent);
  const entities = raw.entities.map(([id, name, type], number) => ({ number, id, name, type }));
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const verdicts = raw.verdicts.map((verdict) => verdictOf(verdict, entities, byId));
  const reasons = raw.reasons.map((numbers) => numbers.map((number) => raw.steps[number]));
  const documents = raw.documents.map((record, number) => documentOf(record, number, verdicts, reasons));
  return { title: raw.title, entities, documents, unread: raw.unread, packs: raw.packs };
}

function verdictOf(raw, entities, byId) {
  const entity = raw.entity === undefined ? null : entities[raw.entity];
  const candidates = (raw.candidates ?? []).map((number) => entities[number]);
  const listings = raw.listings.map(([id, alias, pack, file, line]) => ({
    entity: byId.get(id) ?? null, alias, pack, file, line,
  }));
  const names = entity ? [entity] : candidates;
  return {
    entity,
    candidates,
    listings,
    type: raw.type ?? null,
    status: raw.status,
    kind: raw.kind,
    mark: raw.status === "ambiguous" ? "ambiguous" : raw.kind === "garbled" ? "garbled" : "resolved",
    holder: raw.holder === undefined ? null : entities[raw.holder],
    glued: raw.glued ?? false,
    source: raw.source ?? null,
    // What a search for an entity looks through.
    ids: names.map((each) => each.id),
    sought: [...names.map((each) => each.name), ...listings.map((each) => each.alias ?? "")].join("\n").toLowerCase(),
  };
}

function documentOf(raw, number, verdicts, reasons) {
  const { id, date, text, fields } = raw;
  const whole = { number, id, date, text, fields, day: dayOf(date), mentions: [] };
  whole.mentions = raw.mentions.map(([start, end, verdict, why, ...antecedent], at) => ({
    document: whole,
    number: at,
    start,
    end,
    verdict: verdicts[verdict],
    reasons: reasons[why],
    antecedent: antecedent.length ? antecedent : null,
  }));
  return whole;
}

/** Return the day, month or year that a date begins with, or null: dates of records may be anything. */
function dayOf(date) {
  const found = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?!\d)/.exec(date ?? "");
  return found ? found[0] : null;
}

/** Return the characters of a mention. */
export function surfaceOf(mention) {
  return mention.document.text.slice(mention.start, mention.end);
}

/** Return what a mention stands for in a few words. */
export function meaningOf({ entity, candidates }) {
  return entity ? entity.name : candidates.map((candidate) => candidate.name).join(" or ");
}
