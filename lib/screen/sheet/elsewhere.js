// Refused answers that have no row on this sheet are not thrown away unseen.

import { fill, localDay, make } from "./make.js";

export class Elsewhere {
  constructor(sheet) {
    this.sheet = sheet;
  }

  paint() {
    const { words: w, parts, post } = this.sheet;
    const items = post.items.filter((item) => post.refusal(item) && !this.here(item));
    const look = items.map((item) => item.key + item.draft.seq).join();
    if (look === this.look) return;
    this.look = look;
    parts.elsewhere.hidden = !items.length;
    parts.elsewhere.replaceChildren(make("h2", { text: w.elsewhere }), make("ul", {}, ...items.map((item) => this.line(item))));
  }

  here(item) {
    const { rows } = this.sheet;
    return this.sheet.mine(item) && rows.has(item.code) && !rows.get(item.code).server.why;
  }

  line(item) {
    const { words: w, drafts, post } = this.sheet;
    const discard = make("button", { type: "button", text: w.discard });
    discard.addEventListener("click", () => { drafts.drop(item); this.sheet.paint(); });
    const answer = w.outcomes[item.draft.outcome] || w.clear;
    const places = { code: item.code, day: localDay(item.day), answer, why: post.refusal(item).why };
    return make("li", {}, make("span", { text: fill(w.elsewhere_row, places) }), discard);
  }
}
