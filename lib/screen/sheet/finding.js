// What was found with one person, while it is being entered: text where something is typed, codes where something is
// chosen. `kind` is the mark it belongs to: symptoms (s) or where somebody came from (v).

import { localDay } from "./make.js";
import { Typed } from "./typed.js";

export class Finding {
  static NOTHING = {
    s: { symptoms: [], since: null, temperature: null },
    v: { arrival: null, province: null, arrived_on: null },
  };
  #found;

  constructor(found, values) {
    this.#found = found;
    Object.assign(this, values);
  }

  static has(kind, one) {
    return Boolean(kind === "s" ? one.symptoms?.length || one.temperature : one.arrival);
  }

  static blank(found, who = null) {
    const today = localDay(found.panel.day);
    return new Finding(found, { who, typed: "", symptoms: [], since: today, temperature: "", arrival: null, province: null, place: "",
      arrived_on: today });
  }

  static of(found, { person, name, year, ...one }) {
    const { told } = found.panel;
    const day = (iso) => (iso ? localDay(iso) : "");
    return new Finding(found, {
      who: { person, name, year }, typed: "", symptoms: [...(one.symptoms ?? [])], since: day(one.since),
      temperature: one.temperature ? told.decimal(one.temperature) : "", arrival: one.arrival,
      province: one.province, place: one.province ? told.name("provinces", one.province) : "", arrived_on: day(one.arrived_on),
    });
  }

  // Who lives here came back; whoever is new is a guest, unless told otherwise.
  get came() {
    const lives = this.#found.residents.some((one) => this.who && Typed.same(one, this.who));
    return this.arrival || (lives ? "returnee" : "guest");
  }

  get touched() {
    const { kind } = this.#found;
    return Boolean(kind === "s" ? this.symptoms.length || this.temperature.trim() : this.arrival || this.place.trim());
  }

  get begun() {
    return Boolean(this.who || this.typed.trim() || this.touched);
  }

  // Somebody chosen because nobody else lives there, of whom nothing was said, is left out.
  get said() {
    const { kind, known } = this.#found;
    return this.begun && !(kind === "s" && known.length === 1 && this.who && !this.touched);
  }

  // `{ value }` as it is kept, or `{ fault, at }`.
  read() {
    const { kind, known, panel } = this.#found;
    const who = this.who ? { value: this.who } : Typed.person(this.typed, panel.day);
    if (who.fault) return { ...who, at: "who" };
    if (!who.value) return { fault: "nobody", at: "who" };
    const listed = known.filter((one) => Typed.same(one, who.value)); // typed, though listed
    const found = kind === "s" ? this.illness() : this.coming();
    if (found.fault) return found;
    const person = listed.length === 1 ? listed[0] : who.value;
    return { value: { ...person, ...Finding.NOTHING.s, ...Finding.NOTHING.v, ...found.value } };
  }

  illness() {
    const temperature = Typed.temperature(this.temperature);
    if (temperature.fault) return { ...temperature, at: "temperature" };
    const since = Typed.day(this.since, this.#found.panel.day);
    if (since.fault) return { ...since, at: "since" };
    if (!this.symptoms.length && temperature.value === null) return { fault: "nothing", at: "choices" };
    return { value: { symptoms: this.symptoms, since: since.value, temperature: temperature.value } };
  }

  coming() {
    if (this.place.trim() && !this.province) return { fault: "no_province", at: "province" };
    const day = Typed.day(this.arrived_on, this.#found.panel.day);
    if (day.fault) return { ...day, at: "since" };
    return { value: { arrival: this.came, province: this.province, arrived_on: day.value } };
  }

  get words() {
    const { kind, panel } = this.#found;
    const { value, fault } = this.read();
    if (fault) return this.who?.name || this.typed || panel.words.unnamed;
    return kind === "s" ? panel.told.illness(value) : panel.told.arrival(value);
  }
}
