// What comes of it: the difference to the packs on the disk, the mentions, an example, a command, JSON.

import { afterPause, ask, latestOnly } from "./calls.js";
import { counted, element, foreign } from "./elements.js";
import { outcomeOf, traitsOf, typeLabel } from "./marks.js";
import { markTab, walkTabs } from "./tabs.js";

const COMPARE_PAUSE = 900; // to compare takes longer than to resolve, which it would slow down
const MOST_ROWS = 300;
const MOST_SHOWN = 50_000;
const CHANGES = { added: "added", lost: "lost", "re-resolved": "changed", moved: "moved" };

export class Below {
  constructor(text, packs, failed) {
    this.text = text;
    this.packs = packs;
    this.failed = failed;
    this.list = document.getElementById("below-tabs");
    this.compare = latestOnly(() => this.compareNow(), failed);
    this.compareSoon = afterPause(COMPARE_PAUSE, () => this.compare());
    this.refreshSoon = afterPause(150, () => this.refresh());
    walkTabs(this.list, (tab) => this.show(tab));
    this.show(document.getElementById("tab-differences"));
  }

  show(tab) {
    markTab(this.list, tab);
    this.shown = tab.getAttribute("aria-controls");
    for (const panel of document.querySelectorAll(".below .panel")) panel.hidden = panel.id !== this.shown;
    this.refresh();
  }

  /** Show what has changed, once typing pauses. */
  changed() {
    if (this.packs.edition === this.compared) this.compareSoon();
    else this.compare();
    this.refreshSoon();
  }

  refresh() {
    const makers = { mentions: () => this.mentions(), example: () => this.example(), command: () => this.command(), json: () => this.json() };
    makers[this.shown]?.();
  }

  fill(name, ...content) {
    document.getElementById(name).replaceChildren(...content.flat().filter(Boolean));
  }

  async compareNow() {
    const { edition } = this.packs;
    this.compared = edition;
    const { differences } = edition === null ? { differences: [] } : await ask("/draft/compare", this.text.document());
    const badge = document.getElementById("difference-count");
    badge.hidden = !differences.length;
    badge.textContent = differences.length;
    if (edition === null) {
      this.fill("differences", element("p", { class: "quiet" }, "The packs are as they are on the disk. Edit one, and what that changes in the text stands here."));
    } else if (!differences.length) {
      this.fill("differences", element("p", {}, "Your edits change nothing in this text."));
    } else {
      this.fill("differences", differenceSummary(differences), this.differenceTable(differences));
    }
  }

  differenceTable(differences) {
    const rows = differences.slice(0, MOST_ROWS).map(({ change, mention, said, before, edit, rule }) => element("tr", {},
      element("td", { class: `change ${CHANGES[change]}` }, CHANGES[change]),
      element("td", {}, change === "lost" ? foreign(mention.surface) : this.link(mention)),
      element("td", {}, foreign(change === "re-resolved" ? `${before} → ${said}` : said)),
      element("td", { class: "small" }, edit ? foreign(edit) : "", rule ? ` (follows: ${rule})` : "")));
    return table(["Change", "Surface", "What it is", "By which edit"], rows, differences.length);
  }

  mentions() {
    const rows = this.text.mentions.slice(0, MOST_ROWS).map((mention) => element("tr", {},
      element("td", {}, this.link(mention)),
      element("td", {}, outcomeOf(mention), mention.entity_id && element("code", { class: "id quiet" }, mention.entity_id)),
      element("td", {}, typeLabel(mention.type)),
      element("td", { class: "small" }, traitsOf(mention)),
      element("td", { class: "small" }, foreign(`${mention.pack}:${mention.line}`))));
    this.fill("mentions", rows.length
      ? table(["Surface", "Entity", "Type", "Kind", "Listed in"], rows, this.text.mentions.length)
      : element("p", { class: "quiet" }, "There is no mention in the text."));
  }

  link(mention) {
    return element("button", { type: "button", class: "plain", click: () => this.text.go(mention) }, foreign(mention.surface));
  }

  example() {
    const file = this.packs.file();
    if (!file) return;
    const [start, end] = this.text.place();
    const what = start === end ? "the whole text" : "the selected passage";
    this.fill("example",
      element("p", {}, `Puts ${what} into the examples of `, foreign(file.name),
        ", with every mention marked as it is found now. Look it through: from then on ", element("code", {}, "resolver test"), " holds the packs to it."),
      element("button", { type: "button", click: () => this.addExample().catch(this.failed) }, "Add the example"));
  }

  async addExample() {
    const [start, end] = this.text.place();
    const { text, date, edition } = this.text.document();
    const name = this.packs.active;
    const { pack } = await ask("/draft/example", {
      text: start === end ? text : text.slice(start, end), date, edition, file: name, pack: this.packs.field.value,
    });
    this.packs.field.edit(pack);
  }

  command() {
    const { text, date } = this.text.document();
    const options = [...this.packs.words, ...(date ? ["--date", date] : [])];
    const short = text.length <= 400;
    const explain = ["resolver", "explain", ...(short ? ["--text", text] : ["text.txt"]), ...options];
    const unsaved = this.packs.areSaved() ? "" : "Commands read the packs from the disk: save your edits first. ";
    this.fill("command",
      element("p", {}, unsaved, short ? "Every mention with its reasons:" : "Every mention with its reasons, for the text saved as text.txt:"),
      this.copyable(explain.map(quoted).join(" ")),
      short ? "" : element("p", {}, this.textLink()),
      element("p", {}, "The same text over HTTP, from another program:"),
      this.copyable(["curl", `${location.origin}/resolve`, "-H", "content-type: application/json", "-d", short ? JSON.stringify({ text, ...(date && { date }) }) : "@request.json"].map(quoted).join(" ")),
      element("p", { class: "small" }, element("a", { href: "/openapi.json" }, "The interface, described as OpenAPI")));
  }

  textLink() {
    const save = () => {
      const link = element("a", { download: "text.txt" });
      link.href = URL.createObjectURL(new Blob([this.text.value], { type: "text/plain" }));
      link.click();
      URL.revokeObjectURL(link.href);
    };
    return element("button", { type: "button", click: save }, "Download text.txt");
  }

  async json() {
    const asked = { ...this.text.document(), offsets: "codepoint" };
    try {
      const { mentions } = await ask("/draft/resolve", asked);
      const written = JSON.stringify({ mentions }, null, 2);
      const note = `${counted(mentions.length, "mention")}; offsets count code points, as everywhere outside browsers.`;
      this.fill("json", element("p", { class: "quiet small" }, note), this.copyable(written));
    } catch (error) {
      this.failed(error);
    }
  }

  /** Something to copy; what is very long is shown in part and copied whole. */
  copyable(written) {
    const cut = written.length > MOST_SHOWN;
    const button = element("button", { type: "button" }, "Copy");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(written);
        button.textContent = "Copied";
      } catch {
        this.failed(new Error("The browser does not let the page copy: select the text and copy it yourself."));
      }
    });
    return element("div", { class: "copyable" },
      element("pre", { tabindex: "0" }, cut ? `${written.slice(0, MOST_SHOWN)}\n... (all of it is copied)` : written), button);
  }
}

function table(heads, rows, count) {
  return element("div", { class: "wide", tabindex: "0", role: "group", "aria-label": "Table" }, element("table", {},
    count > rows.length && element("caption", {}, `The first ${rows.length} of ${count}.`),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows)));
}

function differenceSummary(differences) {
  const counts = Object.entries(CHANGES)
    .map(([change, word]) => [differences.filter((difference) => difference.change === change).length, word])
    .filter(([count]) => count);
  return element("p", {}, counts.map(([count, word]) => `${count} ${word}`).join(", "));
}

/** Return a word as a shell takes it. */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
