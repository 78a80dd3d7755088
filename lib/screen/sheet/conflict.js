// Two answers to one row: what another entered meanwhile beside what was typed here. Nothing is written before the
// visitor has chosen, and the one not chosen is gone only then.

import { content } from "./answers.js";
import { fill, make } from "./make.js";

export class Conflict {
  constructor(sheet) {
    this.sheet = sheet;
  }

  // The other's answer to this row, while the choice is open.
  of(row) {
    const { sheet } = this;
    const item = row && !row.server.why && sheet.draft(row);
    return item ? sheet.post.refusal(item)?.theirs : null;
  }

  theirs(row) {
    if (!this.of(row)) return;
    this.sheet.drafts.drop(this.sheet.draft(row));
    this.sheet.tell(this.sheet.words.conflict_kept);
    this.done(row);
  }

  mine(row) {
    const theirs = this.of(row);
    if (!theirs) return;
    const typed = content(this.sheet.draft(row).draft);
    this.sheet.edit(row, { ...typed, version: theirs.version, was: theirs.outcome });
    this.done(row);
  }

  done(row) {
    this.sheet.paint();
    this.sheet.move(row.code, true);
  }

  // An answer key on such a row would lose one of the two unseen: the choice comes first.
  first(row) {
    if (!this.of(row)) return false;
    this.sheet.tell(this.sheet.words.conflict_first);
    row.parts.choice?.querySelector("button")?.focus();
    return true;
  }

  paint(row) {
    const theirs = this.of(row);
    row.element.classList.toggle("conflict", Boolean(theirs));
    row.parts.choice?.remove();
    row.parts.choice = theirs ? this.choice(row, theirs) : null;
    if (theirs) row.parts.who.append(row.parts.choice);
  }

  choice(row, theirs) {
    const { words: w } = this.sheet;
    const by = fill(w.conflict_by, { who: theirs.who, hour: theirs.hour });
    return make("div", { class: "versus", role: "group", "aria-label": w.conflict },
      this.side("theirs", by, theirs, "O", w.conflict_theirs, () => this.theirs(row)),
      this.side("mine", w.conflict_typed, this.sheet.draft(row).draft, "M", w.conflict_mine, () => this.mine(row)));
  }

  side(kind, head, answer, key, text, act) {
    const { sheet } = this;
    const { words: w } = sheet;
    const button = make("button", { type: "button" }, make("kbd", { text: key }), make("span", { text }));
    button.addEventListener("click", act);
    return make("div", { class: kind }, make("h3", { text: head }),
      make("strong", { text: w.outcomes[answer.outcome] || w.blank }),
      make("div", { class: "marked" }, ...sheet.marks(answer)), button);
  }
}
