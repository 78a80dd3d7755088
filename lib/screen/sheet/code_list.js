// Needs or violations of the household: several of a list, by digits.

import { Choices } from "./choices.js";
import { make } from "./make.js";

export class CodeList {
  constructor(panel, { list, label, codes }) {
    this.panel = panel;
    this.list = list;
    this.codes = [...codes];
    const all = panel.lists[list];
    this.choices = new Choices({
      label, options: all, chosen: (code) => this.codes.includes(code),
      choose: (code) => {
        this.codes = all.map(([one]) => one).filter((one) => (one === code) !== this.codes.includes(one));
        panel.remember();
      },
    });
    this.element = make("div", { class: "line" }, make("span", { class: "label", text: label }), this.choices.element);
  }

  focus() {
    this.choices.focus();
  }

  key(event, focused) {
    return this.choices.key(event, focused);
  }

  get state() {
    return this.codes;
  }

  read() {
    return { [this.list]: this.codes };
  }

  nothing() {
    return { [this.list]: [] };
  }
}

// Card by card the note has a panel too; in the list it is a line of the row.

export class NoteAlone {
  constructor(panel) {
    this.panel = panel;
    this.element = null;
    this.state = null;
  }

  focus() {
    this.panel.note.input.focus();
  }

  key() {
    return false;
  }

  read() {
    return {};
  }

  nothing() {
    this.panel.note.input.value = "";
    return {};
  }
}
