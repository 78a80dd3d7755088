// What was found at a door, in words. Names and notes are text to the browser, never markup.

import { Finding } from "./finding.js";
import { fill, make } from "./make.js";

export class Told {
  constructor(lists, words, day) {
    Object.assign(this, { lists, words, day, panel: words.panel });
  }

  // The marks of one answer as elements, each with its details.
  marks(content) {
    const details = { s: this.symptoms(content.people), v: this.arrivals(content.people),
      k: this.codes("violations", content.violations), n: this.codes("needs", content.needs) };
    const marks = [...content.flags].filter((flag) => flag !== "g").map((flag) =>
      make("span", { class: "mark" }, make("b", { text: this.words.flags[flag] }), ` ${details[flag] || ""}`));
    if (content.note) marks.push(make("q", { text: content.note }));
    return marks;
  }

  symptoms(people) {
    const ill = people.filter((one) => Finding.has("s", one));
    return ill.map((one) => this.illness(one)).join("; ") || this.panel.unnamed;
  }

  illness(one) {
    const { panel } = this;
    const signs = this.listed("symptoms", one.symptoms);
    const since = one.since && fill(panel.since_day, { day: this.date(one.since) });
    const degrees = one.temperature && `${this.decimal(one.temperature)} °C`;
    return [[signs, this.person(one)].filter(Boolean).join(": "), since, degrees].filter(Boolean).join(", ");
  }

  arrivals(people) {
    const here = people.filter((one) => Finding.has("v", one));
    return here.map((one) => this.arrival(one)).join("; ") || this.panel.unnamed;
  }

  arrival(one) {
    const { panel } = this;
    const province = one.province && fill(panel.from_province, { province: this.name("provinces", one.province) });
    const since = one.arrived_on && fill(panel.here_since, { day: this.date(one.arrived_on) });
    return [`${this.name("arrivals", one.arrival)}: ${this.person(one)}`, province, since].filter(Boolean).join(", ");
  }

  codes(list, codes) {
    return this.listed(list, codes) || this.panel.unsaid;
  }

  // Several words of a list as one phrase: "Sốt, ho".
  listed(list, codes) {
    const small = (word, place) => (place ? word.charAt(0).toLowerCase() + word.slice(1) : word);
    return (codes ?? []).map((code) => this.name(list, code)).map(small).join(", ");
  }

  name(list, code) {
    return this.lists[list].find(([one]) => one === code)?.[1] || code;
  }

  person({ name, year }) {
    return year ? `${name} (${year})` : name;
  }

  // dd/mm, with the year where it is not the sheet's.
  date(iso) {
    const [year, month, day] = iso.split("-");
    return year === this.day.slice(0, 4) ? `${day}/${month}` : `${day}/${month}/${year}`;
  }

  decimal(number) {
    return Number(number).toFixed(1).replace(".", this.panel.decimal);
  }
}
