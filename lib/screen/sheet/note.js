// The note on one household: a box in its row. What is typed outlives a reload of the page, as in a panel.

import { content } from "./answers.js";
import { make, thumbs } from "./make.js";
import { openBoxes } from "./open_boxes.js";

export class Note {
  constructor(sheet, row, kept = null) {
    const { words: w } = sheet;
    Object.assign(this, { sheet, row, version: kept?.version ?? sheet.seen(row), store: openBoxes.key(sheet, row.code) });
    this.before = kept?.before ?? content(sheet.shown(row));
    this.input = make("input", {
      type: "text", maxlength: sheet.data.limit, enterkeyhint: "done", autocomplete: "off",
      "aria-label": `${w.note}: ${row.server.name}`, placeholder: w.note,
    });
    this.input.value = kept?.note ?? this.before.note;
    const keep = make("button", { type: "button", text: w.note_keep });
    this.box = make("div", { class: "note" }, this.input, keep);
    keep.addEventListener("click", () => this.close(true, true));
    this.input.addEventListener("input", () => this.remember());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("focusout", (event) => {
      if (!this.box.contains(event.relatedTarget)) this.close(true);
    });
    row.element.classList.add("noting");
    row.parts.who.append(this.box);
    if (!kept || !thumbs()) this.input.focus();
  }

  remember() {
    const { before, version, input } = this;
    openBoxes.put(this.store, { flag: "g", before, version, touched: true, note: input.value });
  }

  key(event) {
    event.stopPropagation();
    const done = event.key === "Enter" && event.target === this.input && !event.isComposing;
    if (!done && event.key !== "Escape") return;
    event.preventDefault();
    this.close(done, true);
  }

  close(keep, back = false) {
    if (this.closed) return;
    this.closed = true;
    const { sheet, row, input, version } = this;
    openBoxes.drop(this.store);
    row.element.classList.remove("noting");
    this.box.remove();
    const note = input.value.trim();
    const { note: before, flags, outcome, swept } = sheet.shown(row);
    if (keep && note !== before) {
      const others = flags.replace("g", "");
      sheet.edit(row, { note, flags: note ? `${others}g` : others, outcome, swept: swept && !note, version });
    }
    sheet.paint();
    if (back) sheet.move(row.code, true);
  }
}
