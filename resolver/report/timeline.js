// How many articles there are of each day, month or year.

import { drawn, element, counted } from "./elements.js";

// How many characters of an ISO date a column covers: a day, a month, a year, a decade, a century.
const STEPS = [10, 7, 4, 3, 2];
const MOST_COLUMNS = 100;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/**
 * Return the columns of a timeline: {columns: [{period, label, all, chosen}], size, without}.
 *
 * `days` are ISO dates or null, `chosen` those of the articles that the filter lets through. Columns are as fine
 * as there is room for, without gaps; `without` counts the articles that have no date, or one less exact.
 */
export function timelineColumns(days, chosen) {
  const known = days.filter((day) => day !== null);
  const exact = known.filter((day) => day.length === 10);
  const base = exact.length * 2 > known.length ? exact : known;
  const size = STEPS.find((step) =>
    base.every((day) => day.length >= step) && periodsOf(base, step).length <= MOST_COLUMNS) ?? 2;
  const placed = (list) => count(list.filter((day) => day !== null && day.length >= size), size);
  const [all, within] = [placed(days), placed(chosen)];
  const columns = periodsOf(base, size).map((period) => ({
    period, label: labelOf(period), all: all.get(period) ?? 0, chosen: within.get(period) ?? 0,
  }));
  return { columns, size, without: days.filter((day) => day === null || day.length < size).length };
}

function count(days, size) {
  const counts = new Map();
  for (const day of days) counts.set(day.slice(0, size), (counts.get(day.slice(0, size)) ?? 0) + 1);
  return counts;
}

/** All periods from the first to the last day. */
function periodsOf(days, size) {
  if (!days.length) return [];
  const sorted = [...days].sort();
  const last = sorted.at(-1).slice(0, size);
  const periods = [sorted[0].slice(0, size)];
  while (periods.at(-1) < last && periods.length <= MOST_COLUMNS) periods.push(following(periods.at(-1)));
  return periods;
}

function following(period) {
  if (period.length < 7) return String(Number(period) + 1).padStart(period.length, "0");
  const [year, month, day] = period.split("-").map(Number);
  const next = new Date(0);
  next.setUTCFullYear(year, day ? month - 1 : month, day ? day + 1 : 1);
  return next.toISOString().slice(0, period.length);
}

/** A period for people: "31 Aug 2021", "Aug 2021", "2021", "1980s". */
export function labelOf(period) {
  const [year, month, day] = period.split("-");
  if (period.length < 4) return `${period.padEnd(4, "0")}s`;
  return [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

/** Draw a timeline; `choose(period)` narrows the filter to a period. */
export function timeline({ columns }, choose) {
  const most = Math.max(...columns.map((column) => column.all));
  const chart = element("ol", { class: "timeline" }, ...columns.map((column, number) =>
    element("li", {}, columnButton(column, most, choose), axisLabel(columns, number))));
  return element("div", { class: "wide", role: "group", "aria-label": "Articles by date" }, chart);
}

function columnButton({ period, label, all, chosen }, most, choose) {
  const height = (number) => (number ? Math.max(2, (number / most) * 100) : 0);
  const rect = (number, name) =>
    drawn("rect", { class: name, x: "0", width: "100%", y: `${100 - height(number)}%`, height: `${height(number)}%` });
  const some = chosen === all ? counted(all, "article") : `${chosen} of ${counted(all, "article")}`;
  return element("button", {
    type: "button", class: "column", disabled: !all, title: `${label}: ${some}`,
    "aria-label": `${label}: ${some}`, click: () => choose(period),
  }, drawn("svg", { width: "100%", height: "100%", "aria-hidden": "true" }, rect(all, "all"), rect(chosen, "chosen")));
}

/** Write some six labels below the columns. */
function axisLabel(columns, number) {
  const every = Math.max(1, Math.ceil(columns.length / 6));
  return number % every ? null : element("span", { class: "axis", "aria-hidden": "true" }, columns[number].label);
}
