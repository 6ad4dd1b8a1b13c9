// The open packs: edited here, checked at every key, compiled when typing pauses.

import { afterPause, ask, latestOnly } from "./calls.js";
import { counted, element, foreign } from "./elements.js";
import { MarkedField } from "./field.js";
import { markTab, walkTabs } from "./tabs.js";

const PAUSE = 250;

export class Packs {
  /**
   * `changed()` is called when another edition is to be used, `failed(error)` when something went wrong, and
   * `told(state)` says what the edition holds: the packs as `saved` or as `edited`; those on the disk, while
   * `reading` all others or without those that are `faulty`; or those before the last edit, which is `waiting` to
   * be compiled or `broken`.
   */
  constructor({ changed, told, failed }) {
    this.changed = changed;
    this.told = told;
    this.failed = failed;
    this.files = [];
    this.drafts = new Map();
    this.active = null;
    this.edition = null;
    this.problems = [];
    this.examples = null;
    this.checked = false;
    this.words = [];
    this.list = document.getElementById("pack-tabs");
    this.panel = document.getElementById("pack-panel");
    this.saveButton = document.getElementById("save");
    this.field = new MarkedField(
      document.getElementById("pack"), document.getElementById("pack-marks"), () => this.edited());
    this.check = latestOnly(() => this.checkNow(), failed);
    this.build = latestOnly(() => this.buildNow(), failed);
    this.buildSoon = afterPause(PAUSE, () => this.build());
    walkTabs(this.list, (tab) => this.show(tab.dataset.name));
    this.field.area.addEventListener("keydown", keepIndentation);
    this.saveButton.addEventListener("click", () => this.save());
    document.getElementById("download").addEventListener("click", () => this.download());
    addEventListener("focus", () => this.load().catch(failed));
    addEventListener("beforeunload", (event) => this.dirty().length && event.preventDefault());
  }

  /** Take the packs from the disk; what is being edited here stays. */
  async load() {
    const { files, words } = await ask("/draft/packs");
    const before = new Map(this.files.map((file) => [file.name, file]));
    const lost = [];
    let fresh = false;
    this.words = words;
    for (const file of files) {
      const known = before.get(file.name);
      if (known && known.digest !== file.digest && this.isDirty(known)) {
        lost.push(file.name);
        file.digest = known.digest;
        file.text = known.text;
      } else if (!known || known.digest !== file.digest) {
        this.drafts.set(file.name, file.text);
        if (file.name === this.active) this.field.load(file.text);
        fresh = true;
      }
    }
    this.files = files;
    if (!this.active && files.length) this.show(files[0].name);
    if (lost.length) this.failed(new Error(`${lost.join(", ")}: was changed on the disk too. Saving is refused; copy your edit, then load the page again.`));
    const unreadable = files.find((file) => file.unreadable);
    if (unreadable) this.failed(new Error(unreadable.unreadable));
    this.showTabs();
    if (!fresh) return;
    if (this.areSaved()) {
      this.edition = null;
      this.told("saved");
      this.changed();
    } else {
      this.told("reading");
    }
    this.check();
    this.build();
  }

  file(name = this.active) {
    return this.files.find((file) => file.name === name);
  }

  isDirty(file) {
    return this.drafts.get(file.name) !== file.text;
  }

  dirty() {
    return this.files.filter((file) => this.isDirty(file));
  }

  /** Whether the packs are those on the disk, and no others are open. */
  areSaved() {
    return !this.dirty().length && this.files.every((file) => file.on_disk);
  }

  /** The texts that differ from those on the disk, which the server has. */
  texts() {
    return Object.fromEntries(this.dirty().map((file) => [file.name, this.drafts.get(file.name)]));
  }

  show(name) {
    this.active = name;
    this.field.load(this.drafts.get(name));
    this.showTabs();
    this.showProblems();
  }

  /** Show a line of an open pack; return whether the pack is open. */
  goTo(name, line) {
    if (!this.file(name)) return false;
    if (name !== this.active) this.show(name);
    const lines = this.field.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    this.field.go(start, start + (lines[line - 1] ?? "").length);
    return true;
  }

  edited() {
    this.drafts.set(this.active, this.field.value);
    this.showTabs();
    this.told("waiting");
    this.check();
    this.buildSoon();
  }

  async checkNow() {
    const { problems } = await ask("/draft/check", { texts: this.texts() });
    this.problems = problems;
    this.checked = true;
    this.showProblems();
    this.showTabs();
  }

  async buildNow() {
    const texts = this.texts();
    const { edition, problems, examples } = await ask("/draft/build", { texts });
    if (JSON.stringify(texts) !== JSON.stringify(this.texts())) return; // another one follows
    this.problems = problems;
    this.examples = examples;
    this.showProblems();
    // With an error somewhere the whole pack would be missing: the last good edition serves on.
    if (!problems.length) this.edition = this.areSaved() ? null : edition;
    if (problems.length) this.told(this.dirty().length ? "broken" : "faulty");
    else this.told(this.areSaved() ? "saved" : "edited");
    this.changed();
  }

  async save() {
    const file = this.file();
    if (!file?.on_disk || !this.isDirty(file)) return; // a backup of the same would replace the one before
    try {
      const text = this.drafts.get(file.name);
      const saved = await ask("/draft/save", { file: file.name, text, digest: file.digest });
      Object.assign(file, saved, { text });
      this.showTabs();
      this.build();
    } catch (error) {
      this.failed(error);
    }
  }

  download() {
    const link = element("a", { download: this.active.replace(/.*[\\/]/, "") });
    link.href = URL.createObjectURL(new Blob([this.drafts.get(this.active)], { type: "application/yaml" }));
    link.click();
    URL.revokeObjectURL(link.href);
  }

  showTabs() {
    const wrong = new Set(this.problems.map((problem) => problem.file));
    const focused = this.list.contains(document.activeElement);
    const tabs = this.files.map((file) => element("button", {
      type: "button", role: "tab", id: `pack-tab-${this.files.indexOf(file)}`, "data-name": file.name,
      "aria-controls": "pack-panel", title: file.name,
    },
    foreign(file.name.replace(/.*[\\/]/, "")),
    this.isDirty(file) && element("span", { class: "dot", title: "not saved" }, element("span", { class: "unseen" }, " (not saved)"), "●"),
    wrong.has(file.name) && element("span", { class: "wrong" }, element("span", { class: "unseen" }, " (errors)"), "!")));
    this.list.replaceChildren(...tabs);
    const chosen = tabs.find((tab) => tab.dataset.name === this.active);
    markTab(this.list, chosen);
    if (chosen) this.panel.setAttribute("aria-labelledby", chosen.id);
    if (chosen) showWithin(this.list, chosen);
    if (focused) chosen?.focus();
    const file = this.file();
    this.saveButton.disabled = !file || !file.on_disk || !this.isDirty(file);
    this.saveButton.title = file && !file.on_disk ? "This pack is on no disk: start resolver serve with the name of a pack to save it" : "";
  }

  showProblems() {
    const here = this.problems.filter((problem) => problem.file === this.active);
    const failed = (this.examples?.failed ?? []).filter((example) => example.file === this.active);
    const lines = new Map(failed.map((example) => [example.line, "doubtful"]));
    const last = this.field.value.split("\n").length;
    here.forEach((problem) => lines.set(Math.min(problem.line, last), "wrong"));
    this.field.markLines(lines);
    this.field.area.setAttribute("aria-invalid", String(here.length > 0));
    const elsewhere = this.problems.filter((problem) => problem.file !== this.active);
    document.getElementById("problems").replaceChildren(
      ...[...here, ...elsewhere].map((problem) => this.problemElement(problem)),
      ...failed.map((example) => this.failureElement(example)),
      this.summary(),
    );
  }

  problemElement({ file, line, column, message, offset }) {
    const go = () => {
      if (file !== this.active && this.file(file)) this.show(file);
      if (offset === null) this.goTo(file, line);
      else this.field.go(offset);
    };
    return element("p", { class: "problem" },
      element("button", { type: "button", class: "plain", click: go },
        file === this.active ? `${line}:${column}` : foreign(`${file}:${line}:${column}`)), " ", foreign(message));
  }

  failureElement({ file, line, difference }) {
    return element("div", { class: "problem failed" },
      element("button", { type: "button", class: "plain", click: () => this.goTo(file, line) }, `line ${line}`),
      " example: what is found differs from what is marked",
      element("pre", { tabindex: "0" }, difference.join("\n")));
  }

  summary() {
    if (this.problems.length) return counted(this.problems.length, "error");
    if (!this.examples) return this.checked ? "No errors. The examples are being run." : "";
    const { passed, failed, todo } = this.examples;
    if (!passed && !failed.length && !todo) return "No errors. No examples yet.";
    return `No errors. ${counted(passed, "example")} passed${failed.length ? `, ${failed.length} failed` : ""}${todo ? `, ${todo} to do` : ""}.`;
  }
}

/** Scroll a row sideways, and nothing else, until a part of it is seen. */
function showWithin(row, part) {
  const [outer, inner] = [row.getBoundingClientRect(), part.getBoundingClientRect()];
  if (inner.left < outer.left || inner.right > outer.right) row.scrollLeft += inner.left - outer.left - 8;
}

/** On Enter begin the new line where the last one begins, as YAML wants it. */
function keepIndentation(event) {
  const { target } = event;
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
  const line = target.value.slice(0, target.selectionStart).split("\n").at(-1);
  const [indentation] = /^ */.exec(line);
  if (!indentation) return;
  event.preventDefault();
  document.execCommand("insertText", false, `\n${indentation}`);
}
