// Find a household of this sheet: by the name of anybody who lives there, address, code or row number, with or without
// accents.

import { fold, holds } from "../fold.js";
import { fill, say } from "./make.js";

export class Filter {
  constructor(sheet) {
    this.sheet = sheet;
  }

  get box() {
    return this.sheet.parts.find;
  }

  get input() {
    return this.sheet.parts.find_input;
  }

  get active() {
    return Boolean(this.text);
  }

  wire() {
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.look(this.input.value));
    this.box.addEventListener("focusout", (event) => {
      if (!this.input.value.trim() && !this.box.contains(event.relatedTarget)) this.clear();
    });
    this.sheet.parts.find_close.addEventListener("click", () => this.leave());
  }

  build() {
    const { words: w, parts } = this.sheet;
    this.input.setAttribute("aria-label", w.find);
    this.input.placeholder = w.find_how;
    parts.find_close.textContent = w.find_close;
    this.haystack = new Map([...this.sheet.rows.values()].map((row) => [row, this.folded(row)]));
    this.people = new Map([...this.sheet.rows.values()].map((row) => [row, this.residents(row)]));
    this.look(this.text || "");
  }

  folded({ code, server }) {
    return fold([server.name, server.place, code, server.phone, (server.phone || "").replace(/ /g, "")].filter(Boolean).join(" "));
  }

  // Everybody else at the door, each found by their own name.
  residents({ server }) {
    return (server.residents || []).filter(({ name }) => name !== server.name)
      .map(({ name }) => ({ name, text: fold(`${name} ${server.place || ""}`) }));
  }

  open() {
    this.sheet.shut(true);
    this.box.hidden = false;
    this.input.focus();
    this.input.select();
  }

  look(text) {
    const { sheet } = this;
    this.text = text.trim();
    const words = fold(this.text).split(/\s+/).filter(Boolean);
    const lives = [];
    let found = 0;
    for (const row of sheet.rows.values()) {
      const people = this.fits(row, words) ? null : this.who(row, words);
      row.out = people?.length === 0;
      for (const { name } of people || []) lives.push(fill(sheet.words.find_lives, { name, head: row.server.name }));
      row.element.hidden = row.out;
      found += !row.out;
    }
    for (const { body, rows } of sheet.list.groups) body.hidden = rows.every((row) => row.out);
    const left = this.gone && fill(sheet.words.find_gone, { n: Number(this.text) });
    const count = left || (found ? fill(sheet.words.find_count, { n: found, all: sheet.rows.size }) : sheet.words.find_none);
    const told = [count, lives.slice(0, 3).join("; ") + (lives.length > 3 ? " …" : "")].filter(Boolean).join(" · ");
    say(sheet.parts.find_count, words.length ? told : "");
    sheet.element.classList.toggle("finding", words.length > 0);
  }

  // One or two digits are a number of its own (row, lane, house), not a part of every code and telephone.
  fits(row, words) {
    return words.every((word) => word === String(row.number) || this.holds(this.haystack.get(row), word));
  }

  who(row, words) {
    return this.people.get(row).filter(({ text }) => words.every((word) => this.holds(text, word)));
  }

  holds(text, word) {
    return /^\d{1,2}$/.test(word) ? text.split(/[^\p{L}\d]+/u).includes(word) : holds(text, word);
  }

  // A number on paper never means another row: of a household that left, it is said and leads nowhere.
  get gone() {
    const number = /^\d{1,3}$/.test(this.text) ? Number(this.text) : 0;
    return number > 0 && number <= this.sheet.data.last && ![...this.sheet.rows.values()].some((row) => row.number === number);
  }

  // A row number wins over the same digits in a code or telephone.
  first() {
    if (this.gone) return undefined;
    const found = [...this.sheet.rows.values()].filter((row) => !row.out);
    return found.find((row) => String(row.number) === this.text) || found[0];
  }

  key(event) {
    event.stopPropagation();
    if (event.isComposing || !["Enter", "Escape", "ArrowDown"].includes(event.key)) return;
    if (event.target !== this.input && event.key === "Enter") return;
    event.preventDefault();
    if (event.key === "Escape") this.leave();
    else if (event.key === "ArrowDown") this.sheet.move(this.first()?.code, true);
    else this.enter();
  }

  enter() {
    const row = this.first();
    if (!row) return this.sheet.tell(this.sheet.parts.find_count.textContent || this.sheet.words.find_none);
    this.clear();
    this.sheet.move(row.code, true);
  }

  clear() {
    this.input.value = "";
    if (this.active) this.look("");
    this.box.hidden = true;
  }

  leave() {
    if (this.box.hidden) return;
    this.clear();
    this.sheet.move(this.sheet.here, true);
  }
}
