// A province by a few letters: "tay", "hcm", "bd". Arrows walk the matches, Enter or Tab takes one.

import { Field } from "./field.js";
import { make, newId } from "./make.js";
import { Typed } from "./typed.js";

const ALSO = { 79: "sai gon" }; // what people call it beside its name

export class ProvincePicker {
  constructor({ label, provinces, words, code, text, choose }) {
    Object.assign(this, { provinces, words, code, choose });
    this.keys = provinces.map(([value, name]) => ProvincePicker.letters(name, ALSO[value]));
    const list = newId("provinces");
    this.list = make("ul", { id: list, role: "listbox", "aria-label": label, hidden: true });
    this.field = new Field({ label, aside: [this.list], name: "province", value: text, placeholder: words.province_example,
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list,
      input: (text) => this.typed(text) });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the keys
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[data-code]");
      if (option) this.take(option.dataset.code);
    });
    this.input.addEventListener("blur", () => this.leave());
  }

  get element() {
    return this.field.element;
  }

  get input() {
    return this.field.input;
  }

  // Folded name, the same run together, its initials, and what else it is called.
  static letters(name, also = "") {
    const folded = Typed.bare(name).replace(/^(tinh|thanh pho|tp\.?) /, "");
    const words = folded.split(/[^a-z0-9]+/).filter(Boolean);
    return { words: words.join(" "), joined: words.join(""), initials: words.map((word) => word[0]).join(""), also };
  }

  matches(text) {
    const asked = Typed.bare(text).replace(/^(tinh|thanh pho|tp\.?) ?/, "") || Typed.bare(text);
    const joined = asked.replace(/[^a-z0-9]/g, "");
    const rank = ({ words, joined: all, initials, also }) =>
      [initials === joined, words.startsWith(asked), all.startsWith(joined), initials.startsWith(joined),
        ` ${words} ${also}`.includes(` ${asked}`), all.includes(joined)].indexOf(true);
    return this.provinces.map((province, place) => ({ province, rank: rank(this.keys[place]) }))
      .filter((match) => match.rank >= 0)
      .sort((one, other) => one.rank - other.rank)
      .map((match) => match.province);
  }

  nameOf(code) {
    return this.provinces.find(([value]) => value === code)?.[1] || "";
  }

  typed(text) {
    this.code = null;
    this.choose(null, text);
    this.show(text.trim() ? this.matches(text) : []);
    if (text.trim() && !this.found.length) this.field.fault.textContent = this.words.no_province;
  }

  show(found) {
    this.found = found;
    this.active = 0;
    this.list.replaceChildren(...found.map(([code, name]) =>
      make("li", { role: "option", id: `${this.list.id}-${code}`, "data-code": code, text: name })));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === this.active)));
    const option = this.list.children[this.active];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  take(code) {
    this.code = code;
    this.input.value = this.nameOf(code);
    this.field.tell("");
    this.choose(code, this.input.value);
    this.show([]);
  }

  // Left with letters that fit one province only, or fit it exactly, it is that one.
  leave() {
    const found = this.code || !this.input.value.trim() ? [] : this.matches(this.input.value);
    if (found.length === 1) this.take(found[0][0]);
    this.show([]);
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" && !open) this.show(this.input.value.trim() && !this.code ? this.matches(this.input.value) : this.provinces);
    else if (!open) return false;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.active = Math.max(0, Math.min(this.active + (event.key === "ArrowDown" ? 1 : -1), this.found.length - 1));
      this.mark();
    } else if (event.key === "Enter") this.take(this.found[this.active][0]);
    else if (event.key === "Tab") return this.take(this.found[this.active][0]), false;
    else if (event.key === "Escape") this.show([]);
    else return false;
    return true;
  }

  // `{ value }`, or the sentence that says how to mend it.
  read() {
    const asked = this.input.value.trim();
    if (asked && !this.code) this.leave();
    return asked && !this.code ? { fault: "no_province" } : { value: this.code };
  }
}
