// What one card shows: a household at hand, or that all are done.

import { content } from "./answers.js";
import { fill, make, say } from "./make.js";

export class Card {
  constructor(cards, row) {
    const { sheet, words } = cards;
    Object.assign(this, { cards, sheet, words, row, code: row.code });
    const { server } = row;
    const place = fill(words.of, { n: sheet.order.indexOf(row.code) + 1, all: sheet.order.length });
    this.state = make("span", { class: "said" });
    this.marked = make("div", { class: "marked" });
    this.why = make("p", { class: "why" });
    this.choice = make("div", { class: "choice" });
    this.answers = make("div", { class: "answers", role: "group", "aria-label": sheet.words.answer });
    this.marks = make("div", { class: "marks", role: "group", "aria-label": sheet.words.marks });
    this.element = make("article", { class: "card", tabindex: -1, "aria-label": `${place}: ${server.name}` },
      make("div", { class: "top" }, make("span", { class: "number", text: fill(words.number, row) }),
        make("span", { class: "count", text: place }), this.state),
      make("h2", { text: server.name }),
      make("p", { class: "where", text: [server.place, fill(sheet.words.persons, { n: server.persons })].filter(Boolean).join(" · ") }),
      this.telephone(), this.answers, this.marks, this.choice, this.marked, this.why);
    if (sheet.data.editable && !server.why) this.buttons();
  }

  telephone() {
    const { phone } = this.row.server;
    if (!phone) return null;
    return make("a", { class: "call", href: `tel:${phone.replace(/ /g, "")}`, text: fill(this.words.call, { phone }) });
  }

  buttons() {
    const { sheet, cards } = this;
    const { words: w, data } = sheet;
    const button = (named, text, act) => {
      const made = make("button", { type: "button", "aria-pressed": "false", ...named }, make("span", { text }));
      made.addEventListener("click", act);
      return made;
    };
    this.outcomes = data.outcomes.map((code) => button({ "data-outcome": code }, w.outcomes[code], () => cards.answer(code)));
    this.flags = [...data.flags].map((flag) => button({ "data-flag": flag }, w.flags[flag], () => cards.mark(flag)));
    this.clear = button({ class: "clear", "aria-pressed": null }, w.clear, () => sheet.answer(this.row, null));
    this.answers.append(...this.outcomes);
    this.marks.append(...this.flags, this.clear);
  }

  paint() {
    const { sheet, row } = this;
    const { words: w } = sheet;
    const shown = sheet.shown(row);
    const state = sheet.state(row);
    const theirs = sheet.conflict.of(row);
    const look = JSON.stringify([content(shown), state, theirs, row.server.why]);
    if (look === this.look) return;
    this.look = look;
    this.element.dataset.state = state.kind;
    say(this.state, [state.text, shown.swept && w.swept, state.late && w.late, shown.channel && w.paper].filter(Boolean).join(" · "));
    say(this.why, row.server.why || state.why || "");
    this.marked.replaceChildren(...sheet.marks(shown));
    this.choice.replaceChildren(...(theirs ? [sheet.conflict.choice(row, theirs)] : []));
    if (!this.outcomes) return say(this.answers, row.server.why ? "" : w.outcomes[shown.outcome] || w.blank);
    for (const one of this.outcomes) one.setAttribute("aria-pressed", String(one.dataset.outcome === shown.outcome));
    for (const one of this.flags) one.setAttribute("aria-pressed", String(shown.flags.includes(one.dataset.flag)));
    this.clear.disabled = !shown.outcome && !shown.flags;
  }
}

export class LastCard {
  constructor(cards) {
    const { sheet, words } = cards;
    Object.assign(this, { cards, sheet, words, code: null, row: undefined });
    this.sum = make("h2");
    this.status = make("p", { class: "ending", role: "status" });
    this.acts = make("div", { class: "acts" });
    this.element = make("article", { class: "card last", tabindex: -1 }, this.sum, this.status, this.acts);
  }

  paint() {
    const { cards, sheet, words } = this;
    const { due, attempted, left } = sheet.count([...sheet.rows.values()]);
    say(this.sum, fill(words.end, { done: attempted, due }));
    const status = sheet.bar.status();
    say(this.status, left ? fill(words.end_left, { left }) : status.words);
    const look = JSON.stringify([left > 0, sheet.data.next]);
    if (look === this.look) return;
    this.look = look;
    const next = sheet.data.next && cards.button(left ? "next" : "next primary", `${sheet.words.next}: ${sheet.data.next.name}`, () => sheet.nextTeam());
    this.acts.replaceChildren(...[left > 0 && cards.button("primary", words.to_left, () => cards.go(cards.left()[0])), next,
      cards.button("", words.to_list, () => cards.choose("list"))].filter(Boolean));
  }
}
