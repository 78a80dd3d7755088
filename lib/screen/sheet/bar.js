// The bar that stays: sums, progress, what is saved, and the acts of the whole sheet.

import { fill, make, say } from "./make.js";

export class Bar {
  constructor(sheet) {
    this.sheet = sheet;
  }

  build() {
    const { words: w, data, parts } = this.sheet;
    this.team = make("b");
    this.day = make("span", { class: "day" });
    parts.where.replaceChildren(this.team, this.day);
    this.sums = {};
    parts.sums.replaceChildren(...["due", "seen", "attempted", "left"].map((name) => {
      this.sums[name] = make("dd");
      return make("div", { class: name }, make("dt", { text: w[name] }), this.sums[name]);
    }));
    this.undo = this.button("", "↶", w.undo, () => this.sheet.undo.step(true), "turn");
    this.redo = this.button("", "↷", w.redo, () => this.sheet.undo.step(false), "turn");
    this.normal = this.button("A", w.normal, null, () => this.sheet.ask.begin(), "primary");
    this.next = this.button("⇧N", w.next, null, () => this.sheet.nextTeam(), "next");
    parts.acts.replaceChildren(this.undo, this.redo, this.normal, this.next);
    for (const one of [this.undo, this.redo, this.normal]) one.hidden = !data.editable;
  }

  button(key, text, title, act, kind) {
    const button = make("button", { type: "button", class: kind, title, "aria-label": title },
      key && make("kbd", { text: key }), make("span", { text }));
    button.addEventListener("click", () => this.sheet.turn.later(act));
    return button;
  }

  paint() {
    const { sheet } = this;
    const { words: w, data, parts } = sheet;
    const sums = sheet.count([...sheet.rows.values()]);
    say(this.team, data.place.team);
    say(this.day, data.place.day);
    parts.where.classList.toggle("other-day", data.place.other);
    for (const [name, number] of Object.entries(sums)) say(this.sums[name], String(number));
    parts.fill.style.width = `${sums.due ? (100 * sums.attempted) / sums.due : 0}%`;
    this.normal.disabled = !sheet.blank().length;
    this.normal.classList.toggle("primary", sums.left > 0);
    this.next.hidden = !data.next;
    this.next.classList.toggle("primary", sums.left === 0);
    sheet.element.classList.toggle("turning", sheet.turn.waiting);
    if (data.next) this.next.title = fill(w.next_title, data.next);
    this.undo.disabled = !sheet.undo.can(true);
    this.redo.disabled = !sheet.undo.can(false);
    const status = this.status();
    parts.status.dataset.kind = status.kind;
    const words = [data.channel && w.copying, status.words].filter(Boolean).join(" · ");
    say(parts.words, words);
    parts.status.hidden = !words;
  }

  // "Everything is saved" stands only where nothing waits: no answer, no key, no sheet asked for, nothing half typed.
  status() {
    const { words: w, post, drafts, data, turn } = this.sheet;
    const open = post.open().length;
    const memory = drafts.kept ? "" : ` ${w.memory}`;
    const turning = turn.waiting ? `${turn.words} ` : "";
    if (open && (post.tries || !navigator.onLine)) return { kind: "offline", words: turning + fill(w.offline, { n: open }) + memory };
    if (turning) return { kind: turn.stuck ? "offline" : "turning", words: turning.trim() };
    if (post.flight) return { kind: "saving", words: w.saving };
    if (open) return { kind: "unsaved", words: fill(w.waiting, { n: open }) + memory };
    if (drafts.items.size) return { kind: "refused", words: fill(w.waiting, { n: drafts.items.size }) };
    if (this.sheet.boxed) return { kind: "unsaved", words: fill(w.typing, { name: this.sheet.panel.row.server.name }) + memory };
    return { kind: "saved", words: data.editable ? w.all_saved + memory : "" };
  }
}
