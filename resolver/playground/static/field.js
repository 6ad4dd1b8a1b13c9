// A text field with marks behind its text.
//
// The marks lie in a layer below, line by line, which has the same text in the same place and shows nothing
// of it. A text area alone would show no marks; an editable page would change what is pasted into it.
// Offsets count UTF-16 units, as those of text areas do.

import { element } from "./elements.js";

export class MarkedField {
  /** `changed` is called when people edit; marks are {start, end, attributes}, ascending and disjoint. */
  constructor(area, layer, changed) {
    this.area = area;
    this.layer = layer;
    this.marks = [];
    this.badLines = new Map();
    this.text = "";
    this.lines = [];
    area.addEventListener("input", () => {
      this.follow();
      changed();
    });
  }

  get value() {
    return this.area.value;
  }

  /** Show another text, with no way back by undoing. */
  load(text) {
    this.area.value = text;
    this.text = this.area.value;
    this.marks = [];
    this.badLines = new Map();
    this.draw();
  }

  /** Change the text as if it were typed, so that it can be undone. */
  edit(text) {
    const [start, end, newEnd] = changedStretch(this.value, text);
    this.area.focus();
    this.area.setSelectionRange(start, end);
    const inserted = text.slice(start, newEnd);
    const done = document.execCommand(inserted ? "insertText" : "delete", false, inserted);
    if (!done || this.value !== text) {
      this.area.setRangeText(text, 0, this.value.length, "end");
      this.area.dispatchEvent(new Event("input"));
    }
    this.go(newEnd);
  }

  /** Show these marks. */
  mark(marks) {
    this.marks = marks;
    this.draw();
  }

  /** Show that something is wrong in some lines: a map of line numbers, from 1, to what. */
  markLines(badLines) {
    this.badLines = badLines;
    this.draw();
  }

  /** Carry the marks along with an edit until others come. */
  follow() {
    const [start, end, newEnd] = changedStretch(this.text, this.value);
    const moved = newEnd - end;
    this.marks = this.marks
      .filter((mark) => mark.end <= start || mark.start >= end)
      .map((mark) => (mark.start >= end ? { ...mark, start: mark.start + moved, end: mark.end + moved } : mark));
    this.text = this.value;
    this.draw();
  }

  /** Put the cursor, or the selection, somewhere and show it. */
  go(start, end = start) {
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, end);
    const line = this.layer.children[this.text.slice(0, start).split("\n").length - 1];
    line?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Draw the lines that differ from those that are shown. */
  draw() {
    const lines = linesOf(this.text, this.marks, this.badLines);
    const old = this.lines;
    let same = 0;
    while (same < lines.length && same < old.length && lines[same].key === old[same].key) same += 1;
    let end = lines.length;
    let oldEnd = old.length;
    while (end > same && oldEnd > same && lines[end - 1].key === old[oldEnd - 1].key) {
      end -= 1;
      oldEnd -= 1;
    }
    const before = this.layer.children[oldEnd] ?? null;
    const gone = [...this.layer.children].slice(same, oldEnd);
    gone.forEach((line) => line.remove());
    const fresh = document.createDocumentFragment();
    lines.slice(same, end).forEach((line) => fresh.append(lineElement(line)));
    this.layer.insertBefore(fresh, before);
    this.lines = lines;
  }
}

/** Return where two texts differ: start, end in the old one, end in the new one. */
function changedStretch(old, now) {
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let end = old.length;
  let newEnd = now.length;
  while (end > start && newEnd > start && old[end - 1] === now[newEnd - 1]) {
    end -= 1;
    newEnd -= 1;
  }
  if (isSecondHalf(old, start) || isSecondHalf(now, start)) start -= 1;
  if (isSecondHalf(old, end) || isSecondHalf(now, newEnd)) {
    end += 1;
    newEnd += 1;
  }
  return [start, end, newEnd];
}

/** Return whether the second half of a character stands there, which no edit may part from the first. */
function isSecondHalf(text, at) {
  return text.charCodeAt(at) >> 10 === 0x37;
}

function linesOf(text, marks, badLines) {
  const lines = [];
  let begin = 0;
  let next = 0;
  for (const [index, content] of text.split("\n").entries()) {
    const end = begin + content.length;
    const parts = [];
    while (next < marks.length && marks[next].start < end) {
      const { start, end: stop, attributes } = marks[next];
      parts.push([Math.max(start, begin) - begin, Math.min(stop, end) - begin, attributes]);
      if (stop > end) break; // it goes on in the next line
      next += 1;
    }
    while (next < marks.length && marks[next].end <= end) next += 1;
    const wrong = badLines.get(index + 1) ?? "";
    lines.push({ content, parts, wrong, key: `${wrong}\n${JSON.stringify(parts)}\n${content}` });
    begin = end + 1;
  }
  return lines;
}

function lineElement({ content, parts, wrong }) {
  const line = element("div", { class: wrong ? `line ${wrong}` : "line" });
  let done = 0;
  for (const [start, end, attributes] of parts) {
    line.append(content.slice(done, start), element("span", attributes, content.slice(start, end)));
    done = end;
  }
  // An empty line is as high as any other, and so is one behind the last line feed.
  line.append(content.slice(done), content ? "" : "\u200b");
  return line;
}
