// One typed value with its label; what cannot be read is told right beneath it, with how to mend it.

import { make, newId } from "./make.js";

export class Field {
  constructor({ label, name, value, input, aside = [], ...attributes }) {
    this.id = newId("field");
    this.input = make("input", { type: "text", id: this.id, "data-field": name, autocomplete: "off", spellcheck: "false",
      "aria-describedby": `${this.id}-fault`, ...attributes });
    this.input.value = value;
    this.fault = make("p", { class: "fault", id: `${this.id}-fault`, role: "alert" });
    this.element = make("div", { class: `field ${name}` }, make("label", { for: this.id, text: label }),
      make("div", { class: "holds" }, this.input, this.fault, ...aside));
    this.input.addEventListener("input", () => {
      this.tell("");
      input(this.input.value);
    });
    this.input.addEventListener("focus", () => this.input.select());
  }

  tell(sentence) {
    this.fault.textContent = sentence;
    this.input.setAttribute("aria-invalid", String(Boolean(sentence)));
  }

  // Typing then puts it right; a long value is mended at its end.
  focus(sentence) {
    this.tell(sentence);
    this.input.focus();
    if (this.input.value.length < 12) this.input.select();
    else this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }
}
