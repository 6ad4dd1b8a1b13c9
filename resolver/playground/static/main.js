// The playground: packs on the left, a text in the middle, reasons on the right, what comes of it below.

import { Below } from "./below.js";
import { Packs } from "./packs.js";
import { Text } from "./text.js";
import { Why } from "./why.js";

const STATES = {
  saved: ["The packs are as saved.", ""],
  edited: ["Marks show your edits, which are not saved.", "edited"],
  reading: ["Reading all packs: marks show those on the disk.", "waiting"],
  waiting: ["Compiling your edit: marks still show the packs before it.", "waiting"],
  faulty: ["There are errors: marks leave out the packs that have them.", "broken"],
  broken: ["There are errors: marks show the packs before them.", "broken"],
};

const notice = document.getElementById("notice");

function failed(error) {
  if (error.status === 410) {
    packs.build();
    return;
  }
  if (!error.status && error.status !== 0 && error.name !== "Error") throw error;
  notice.textContent = error.message;
  notice.dataset.status = error.status;
  notice.hidden = false;
}

function told(state) {
  const line = document.getElementById("state");
  const [words, kind] = STATES[state];
  if (line.textContent !== words) line.textContent = words;
  line.dataset.kind = kind;
  if (state !== "waiting") notice.hidden = true;
}

const packs = new Packs({ changed: () => text.resolve(), told, failed });
const text = new Text(packs, {
  resolved: () => {
    if (notice.dataset.status === "0") notice.hidden = true; // the server answers again
    below.changed();
  },
  pointed: () => {
    why.explainSoon();
    below.refreshSoon();
  },
  failed,
});
const why = new Why(text, packs, failed);
const below = new Below(text, packs, failed);

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    packs.save();
  }
});

packs.load().catch(failed);
