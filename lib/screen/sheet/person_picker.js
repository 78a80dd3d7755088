// Which person: one of the household by digit, or somebody else by name and year of birth.

import { Choices } from "./choices.js";
import { Field } from "./field.js";
import { make } from "./make.js";
import { Typed } from "./typed.js";

export class PersonPicker {
  constructor({ label, people, words, day, who, typed, choose }) {
    Object.assign(this, { people, words, day, who, choose });
    this.options = new Choices({
      label,
      options: people.map((one, place) => [String(place), one.year ? `${one.name} ${one.year}` : one.name]),
      chosen: (place) => Boolean(this.who) && Typed.same(this.people[place], this.who),
      choose: (place) => this.take(this.people[place]),
    });
    this.field = new Field({ label: words.someone, name: "someone", value: typed, placeholder: people.length ? words.someone_else : words.someone_example,
      maxlength: 100, input: (text) => this.write(text) });
    this.element = make("div", { class: "persons" }, people.length && this.options.element, this.field.element);
  }

  focus() {
    if (this.people.length) this.options.focus();
    else this.field.input.focus({ preventScroll: true });
  }

  take(who) {
    this.who = who;
    this.field.input.value = "";
    this.field.tell("");
    this.options.paint();
    this.choose(who, "");
  }

  write(text) {
    this.who = null;
    this.options.paint();
    this.choose(null, text);
  }

  // A letter typed among the names begins the name of somebody else.
  key(event, focused) {
    if (!this.options.has(focused)) return false;
    if (this.options.key(event, focused)) return true;
    if (/^\p{L}$/u.test(event.key) || event.key === "Process") this.field.input.focus();
    return false;
  }

  read() {
    return this.who ? { value: this.who } : Typed.person(this.field.input.value, this.day);
  }
}
