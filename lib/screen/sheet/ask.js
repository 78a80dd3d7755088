// "The rest normal": one question, one answer.

class Ask {
  constructor(sheet) {
    this.sheet = sheet;
  }

  get box() {
    return this.sheet.parts.ask;
  }

  get open() {
    return !this.box.hidden;
  }

  begin() {
    const { sheet } = this;
    if (!sheet.data.editable) return;
    sheet.filter.clear(); // what is set must be seen
    const blank = sheet.blank();
    const rows = blank.filter((row) => !sheet.shown(row).flags);
    if (rows.length) this.show(rows, blank.length - rows.length);
  }

  show(rows, flagged) {
    const { words: w } = this.sheet;
    const places = { n: rows.length, met: w.outcomes.met };
    const yes = make("button", { type: "button", class: "primary", text: fill(w.normal_yes, places) });
    const no = make("button", { type: "button", text: w.cancel });
    const question = make("p", { id: "question", text: fill(w.normal_ask, places) });
    if (flagged) question.append(" ", fill(w.normal_flagged, { n: flagged }));
    this.box.setAttribute("aria-labelledby", "question");
    this.box.replaceChildren(question, make("div", { class: "acts" }, yes, no));
    this.box.hidden = false;
    yes.addEventListener("click", () => this.set(rows, places));
    no.addEventListener("click", () => this.close());
    yes.focus();
  }

  set(rows, places) {
    const { sheet } = this;
    sheet.editAll(rows.filter((row) => !sheet.shown(row).outcome), { outcome: "met", swept: true });
    sheet.tell(fill(sheet.words.normal_done, places));
    this.close();
  }

  close() {
    this.box.hidden = true;
    this.box.replaceChildren();
    this.sheet.move(this.sheet.here, true);
  }
}
