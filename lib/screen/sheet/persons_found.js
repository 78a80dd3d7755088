// Persons at the door of whom something is not normal: symptoms (s) or where they came from (v). One person is
// edited at a time; the others stand above as lines. What is typed stays text until it is kept.

import { Choices } from "./choices.js";
import { Field } from "./field.js";
import { Finding } from "./finding.js";
import { make } from "./make.js";
import { PersonPicker } from "./person_picker.js";
import { ProvincePicker } from "./province_picker.js";
import { Typed } from "./typed.js";

export class PersonsFound {
  constructor(panel, { kind, people, state }) {
    Object.assign(this, { panel, kind, people });
    this.residents = panel.row.server.residents.map(({ id, name, year }) => ({ person: id, name, year }));
    const others = people.filter((one) => !this.residents.some((other) => Typed.same(one, other)));
    this.known = [...this.residents, ...others.map(({ person, name, year }) => ({ person, name, year }))];
    const begun = people.filter((one) => Finding.has(kind, one)).map((one) => Finding.of(this, one));
    this.findings = state?.map((values) => new Finding(this, values)) || begun;
    if (!this.findings.length) this.findings.push(this.first());
    this.element = make("div", { class: "found" });
    this.turn(this.findings.length - 1);
  }

  // Where one person lives alone it is clear who is ill; a guest is somebody else.
  first() {
    return Finding.blank(this, this.kind === "s" && this.known.length === 1 ? this.known[0] : null);
  }

  // Drawing: the lines of the others, then the fields of the one at hand

  turn(place) {
    this.at = place;
    this.here = this.findings[place];
    const fields = this.kind === "s" ? this.illness() : this.coming();
    this.lines = make("ul", { class: "others" });
    this.element.replaceChildren(this.lines, this.who(), ...fields);
    this.paintLines();
    this.panel.reveal();
  }

  line(label, ...parts) {
    return make("div", { class: "line" }, make("span", { class: "label", text: label }), ...parts);
  }

  who() {
    const { words, day } = this.panel;
    this.picker = new PersonPicker({
      label: words.who, people: this.known, words, day, who: this.here.who, typed: this.here.typed,
      choose: (who, typed) => this.choose(who, typed),
    });
    return this.line(words.who, this.picker.element);
  }

  // Whoever stands above already is edited there.
  choose(who, typed) {
    const { here } = this;
    Object.assign(here, { who, typed });
    const twin = who && this.findings.find((other) => other !== here && other.who && Typed.same(other.who, who));
    if (twin) {
      twin.symptoms = [...new Set([...twin.symptoms, ...here.symptoms])];
      this.findings.splice(this.at, 1);
      this.turn(this.findings.indexOf(twin));
    }
    this.kinds?.paint();
    if (who) this.choices.focus();
    this.panel.remember();
  }

  illness() {
    const { words, lists } = this.panel;
    const { here } = this;
    this.choices = new Choices({
      label: words.symptoms, options: lists.symptoms, keys: "1234567890-=", chosen: (code) => here.symptoms.includes(code),
      choose: (code) => {
        here.symptoms = lists.symptoms.map(([one]) => one).filter((one) => (one === code) !== here.symptoms.includes(one));
        this.panel.tell("");
        this.panel.remember();
      },
    });
    this.since = this.field("since", words.since);
    this.temperature = this.field("temperature", words.temperature, { inputmode: "decimal", placeholder: words.temperature_example });
    return [this.line(words.symptoms, this.choices.element), make("div", { class: "pair" }, this.since.element, this.temperature.element)];
  }

  coming() {
    const { words, lists } = this.panel;
    const { here } = this;
    this.choices = this.kinds = new Choices({
      label: words.arrival, options: lists.arrivals, chosen: (code) => code === here.came,
      choose: (code) => {
        here.arrival = code;
        this.kinds.paint();
        this.province.input.focus();
        this.panel.remember();
      },
    });
    this.province = new ProvincePicker({
      label: words.province, provinces: lists.provinces, words, code: here.province, text: here.place,
      choose: (code, text) => {
        Object.assign(here, { province: code, place: text });
        this.panel.remember();
      },
    });
    this.since = this.field("arrived_on", words.arrived_on);
    return [this.line(words.arrival, this.kinds.element), make("div", { class: "pair" }, this.province.element, this.since.element)];
  }

  field(name, label, attributes = {}) {
    const { here } = this;
    const input = (text) => { here[name] = text; this.panel.remember(); };
    return new Field({ label, name, value: here[name], input, ...attributes });
  }

  paintLines() {
    const { words } = this.panel;
    this.lines.replaceChildren(...this.findings.flatMap((finding, place) => {
      if (place === this.at) return [];
      const edit = make("button", { type: "button", class: "edit", text: finding.words });
      edit.addEventListener("click", () => { this.turn(place); this.choices.focus(); });
      const drop = make("button", { type: "button", class: "drop", text: words.leave_out, "aria-label": `${words.leave_out}: ${finding.words}` });
      drop.addEventListener("click", () => this.drop(finding));
      return [make("li", {}, edit, drop)];
    }));
    this.lines.hidden = !this.lines.children.length;
  }

  drop(finding) {
    this.findings.splice(this.findings.indexOf(finding), 1);
    this.turn(this.findings.indexOf(this.here));
    this.panel.remember();
    this.focus();
  }

  // One person more; the one at hand must be readable first.
  another() {
    if (!this.here.begun) return this.picker.focus();
    const { fault, at } = this.here.read();
    if (fault) return this.tell(fault, at);
    this.findings.push(Finding.blank(this));
    this.turn(this.findings.length - 1);
    this.picker.focus();
    this.panel.remember();
  }

  // Keys

  focus() {
    if (this.here.who) this.choices.focus();
    else this.picker.focus();
  }

  key(event, focused) {
    if (event.key === "+" && !["someone", "remark"].includes(focused.dataset.field)) return this.another(), true;
    if (focused === this.province?.input) return this.province.key(event);
    if (focused.tagName === "INPUT") return false;
    if (this.picker.key(event, focused)) return true;
    if (this.picker.options.has(focused)) return false;
    if (this.kinds?.has(focused) && /^\p{L}$/u.test(event.key)) return this.province.input.focus(), false;
    return this.choices.key(event, focused);
  }

  // Reading: what is to be kept, or the fault with its place

  get state() {
    return this.findings;
  }

  read() {
    this.province?.read();
    const mine = [];
    for (const finding of this.findings.filter((one) => one.said)) {
      const { value, fault, at } = finding.read();
      if (fault) return { fault, at, finding };
      mine.push(value);
    }
    return { people: this.merged(mine) };
  }

  // The other mark's part of a person stays as it is.
  merged(mine) {
    const nothing = Finding.NOTHING[this.kind];
    const all = this.people.map((one) => ({ ...one, ...nothing }));
    for (const one of mine) {
      const place = all.findIndex((other) => Typed.same(other, one));
      const part = Object.fromEntries(Object.keys(nothing).map((name) => [name, one[name]]));
      if (place >= 0) all[place] = { ...all[place], ...part };
      else all.push(one);
    }
    return all.filter((one) => Finding.has("s", one) || Finding.has("v", one));
  }

  nothing() {
    return { people: this.merged([]) };
  }

  // A fault is told where it can be mended.
  tell(fault, at, finding = this.here) {
    if (finding !== this.here) this.turn(this.findings.indexOf(finding));
    const sentence = this.panel.sentence(fault);
    const field = { who: this.picker.field, since: this.since, temperature: this.temperature, province: this.province?.field }[at];
    if (!field) this.panel.tell(sentence);
    (field || this.choices).focus(sentence);
    this.panel.reveal();
  }
}
