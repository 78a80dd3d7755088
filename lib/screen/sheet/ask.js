// One question of the whole sheet, one answer: the rest normal, the rows with marks and no result, and a result that
// would contradict what was found with somebody.

import { MET } from "./answers.js";
import { fill, make } from "./make.js";

export class Ask {
  constructor(sheet) {
    this.sheet = sheet;
  }

  get box() {
    return this.sheet.parts.ask;
  }

  get open() {
    return !this.box.hidden;
  }

  // The rest normal

  begin() {
    const { sheet } = this;
    if (!sheet.data.editable) return;
    sheet.filter.clear(); // what is set must be seen
    const blank = sheet.blank();
    const rows = blank.filter((row) => !sheet.shown(row).flags);
    const marked = blank.filter((row) => sheet.shown(row).flags);
    if (rows.length) this.normal(rows, marked);
    else if (marked.length) this.marked(marked);
  }

  normal(rows, marked) {
    const { words: w } = this.sheet;
    const places = { n: rows.length, met: w.outcomes.met };
    const question = [fill(w.normal_ask, places)];
    if (marked.length) question.push(fill(w.normal_flagged, { n: marked.length }));
    const set = () => {
      this.set(rows, { outcome: "met", swept: true });
      if (marked.length) this.marked(marked.filter((row) => !this.sheet.shown(row).outcome));
    };
    this.show(question.join(" "), [[fill(w.normal_yes, places), set], [w.cancel, null]]);
  }

  // Each is named before it gets its result, so it counts as entered by hand.
  marked(rows) {
    const { sheet } = this;
    const { words: w } = sheet;
    if (!rows.length) return;
    const places = { n: rows.length, met: w.outcomes.met };
    const lines = rows.map((row) => make("li", {}, make("b", { text: `${row.number}. ${row.server.name}` }), ...sheet.marks(sheet.shown(row))));
    const yes = fill(w.normal_yes, places);
    this.show(fill(w.marked_ask, places), [[yes, () => this.set(rows, { outcome: "met" })], [w.cancel, null]], lines);
  }

  set(rows, change) {
    const { sheet } = this;
    const blank = rows.filter((row) => !sheet.shown(row).outcome);
    sheet.editAll(blank, change);
    sheet.tell(fill(sheet.words.normal_done, { n: blank.length, met: sheet.words.outcomes.met }));
  }

  // A result without anybody met or called, on a row where something was found with a person.

  unmet(row, outcome, then) {
    const { sheet } = this;
    const { words: w } = sheet;
    const now = sheet.shown(row);
    const places = { name: row.server.name, answer: w.outcomes[outcome] || w.clear };
    const choose = (answer) => () => {
      sheet.edit(row, { outcome: answer });
      sheet.spoken(row);
      then();
    };
    const stays = MET.includes(now.outcome) ? [[fill(w.unmet_keep, { answer: w.outcomes[now.outcome] }), null]] : [[w.outcomes.met, choose("met")]];
    const phone = now.outcome === "phone" ? [] : [[w.outcomes.phone, choose("phone")]];
    const drop = [fill(outcome ? w.unmet_drop : w.unmet_clear, places), () => {
      sheet.write(row, outcome);
      then();
    }];
    sheet.move(row.code);
    this.show(fill(outcome ? w.unmet_ask : w.unmet_ask_clear, places), [...stays, ...phone, drop]);
  }

  // `choices`: words and act; the first has the focus. Null leaves everything as it is.
  show(question, choices, lines = []) {
    const buttons = choices.map(([text, act], place) => {
      const button = make("button", { type: "button", class: place ? null : "primary", text });
      button.addEventListener("click", () => {
        this.close();
        act?.();
      });
      return button;
    });
    this.box.setAttribute("aria-labelledby", "question");
    this.box.replaceChildren(make("p", { id: "question", text: question }), make("ul", { hidden: !lines.length }, ...lines),
      make("div", { class: "acts" }, ...buttons));
    this.box.hidden = false;
    buttons[0].focus();
  }

  close() {
    this.box.hidden = true;
    this.box.replaceChildren();
    if (this.sheet.here) this.sheet.move(this.sheet.here, true);
  }
}
