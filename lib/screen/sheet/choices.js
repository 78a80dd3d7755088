// A group of options: digits choose, arrows walk, space and a finger choose too. One stop of the Tab key.

import { letter, make } from "./make.js";

export class Choices {
  constructor({ label, options, keys = "123456789", chosen, choose }) {
    this.keys = keys;
    this.choose = choose;
    this.chosen = chosen;
    this.buttons = options.map(([code, word], place) => make("button", { type: "button", "data-code": code, tabindex: place ? -1 : 0 },
      keys[place] && make("kbd", { text: keys[place] }), make("span", { text: word })));
    this.element = make("div", { class: "options", role: "group", "aria-label": label }, ...this.buttons);
    this.element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.press(button);
    });
    this.element.addEventListener("focusin", (event) => {
      for (const button of this.buttons) button.tabIndex = button === event.target.closest("button") ? 0 : -1;
    });
    this.paint();
  }

  has(element) {
    return this.element.contains(element);
  }

  focus() {
    (this.buttons.find((button) => button.tabIndex === 0) || this.buttons[0])?.focus({ preventScroll: true });
  }

  paint() {
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(this.chosen(button.dataset.code)));
  }

  press(button) {
    if (this.has(this.element.getRootNode().activeElement)) button.focus({ preventScroll: true });
    this.choose(button.dataset.code);
    this.paint();
  }

  // Whether the key meant one of these; digits come from the whole panel, arrows only from here.
  key(event, focused) {
    const key = letter(event);
    const named = key.length === 1 && this.buttons[this.keys.indexOf(key)];
    if (named) this.press(named);
    else if (!this.has(focused)) return false;
    else if (event.key === " ") this.press(focused);
    else if (event.key in Choices.STEPS) this.step(focused, Choices.STEPS[event.key]);
    else return false;
    return true;
  }

  step(focused, by) {
    const place = this.buttons.indexOf(focused) + by;
    this.buttons[Math.max(0, Math.min(place, this.buttons.length - 1))].focus();
  }

  static STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
}
