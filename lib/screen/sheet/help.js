// Which key does what: the line under the bar with the marks, and the list of all keys.

import { make } from "./make.js";

export class Help {
  constructor(sheet) {
    this.sheet = sheet;
  }

  get box() {
    return this.sheet.parts.help;
  }

  get isOpen() {
    return this.box.open;
  }

  wire() {
    this.box.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
    this.box.addEventListener("close", () => this.sheet.move(this.sheet.here, true));
    this.box.addEventListener("click", (event) => {
      if (event.target === this.box) this.box.close(); // beside it
    });
  }

  build() {
    const { words: w, data, parts, filter } = this.sheet;
    const mark = (flag) => make("span", {}, make("kbd", { text: flag }), ` ${w.flags[flag]}`);
    const marks = data.editable ? [...data.flags].map(mark) : [];
    parts.keys.replaceChildren(...marks, this.button("/", w.find, () => filter.open(), "finds"),
      this.button("?", w.keys, () => this.open(), "helps"));
  }

  button(key, text, act, kind) {
    const button = make("button", { type: "button", class: `quiet ${kind}` }, make("kbd", { text: key }), make("span", { text }));
    button.addEventListener("click", act);
    return button;
  }

  open() {
    const { words: w } = this.sheet;
    this.sheet.shut(true);
    const close = make("button", { type: "button", text: w.close });
    close.addEventListener("click", () => this.box.close());
    this.box.setAttribute("aria-labelledby", "keys");
    this.box.replaceChildren(make("div", {}, make("h2", { id: "keys", text: w.keys }),
      ...this.parts().map((lines) => this.table(lines)), close));
    this.box.showModal();
  }

  table(lines) {
    return make("dl", {}, ...lines.map(([keys, text]) =>
      make("div", {}, make("dt", {}, ...keys.split(" ").map((key) => make("kbd", { text: key }))), make("dd", { text }))));
  }

  parts() {
    const { words: w, data } = this.sheet;
    const answers = data.outcomes.map((code, place) => [String(place + 1), w.outcomes[code]]);
    const marks = [...data.flags].map((flag) => [flag.toUpperCase(), w.flags[flag]]);
    const whole = [["A", w.normal], ["Ctrl+Z", w.undo_key], ["Ctrl+Y", w.redo_key]];
    const choice = [["O", w.conflict_theirs], ["M", w.conflict_mine]];
    const writing = [[...answers, ["0", w.clear], ...whole], [...marks, ...choice]];
    const ways = [["↑ ↓ Enter", w.keys_rows], ["← →", w.keys_aside], ["Home End", w.keys_ends], ["/", w.keys_find],
      ["Shift+N", w.next], ["T", w.keys_strip], ["Esc", w.keys_back], ["?", w.keys]];
    return [...(data.editable ? writing : []), ways];
  }
}
