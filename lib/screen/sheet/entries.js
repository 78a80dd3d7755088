// What was answered on one sheet: what the store holds, what was typed here and waits, and what counts. The sheet
// on the screen is built on it.

import { content, NOTHING, personal, same, settled, unmet } from "./answers.js";
import { fill } from "./make.js";

export class Entries {
  refresh() {
    const news = [];
    for (const fresh of this.data.rows) {
      const row = this.rows.get(fresh.code);
      if (!row) continue;
      const key = this.drafts.key(row.team, row.day, row.code);
      if (row.server !== fresh && !same(row.server, fresh) && !this.post.own(key, fresh)) news.push(row);
      row.server = fresh;
    }
    for (const row of this.rows.values()) {
      const item = this.draft(row);
      if (item && !this.post.unanswered(item.key) && settled(item.draft, row.server)) this.drafts.drop(item);
    }
    this.presence.news(news);
  }

  mine(item) {
    return item.team === this.data.team && item.day === this.data.day;
  }

  draft(row) {
    return this.drafts.get(row.team, row.day, row.code);
  }

  shown(row) {
    const item = row.server.why ? null : this.draft(row);
    return item && !this.post.overtaken(item) ? item.draft : row.server;
  }

  state(row) {
    const { words: w, post } = this;
    const item = row.server.why ? null : this.draft(row);
    if (post.overtaken(item)) return { kind: "refused", text: w.conflict, seq: item.draft.seq };
    if (item && post.refusal(item)) return { kind: "refused", text: w.refused, why: post.refusal(item).why };
    if (item) return post.flying(item) ? { kind: "saving", text: w.saving } : { kind: "unsaved", text: w.unsaved };
    if (row.server.why || !(row.server.outcome || row.server.flags)) return { kind: "none", text: "" };
    return { kind: "saved", text: row.server.hour || w.saved, late: row.server.late };
  }

  // The version the visitor saw when this answer was begun; rows refreshed under a waiting draft do not move it.
  seen(row) {
    return this.begun(row).version;
  }

  begun(row) {
    const item = this.draft(row);
    if (item && !this.post.overtaken(item)) return { version: item.draft.version, was: item.draft.was ?? null };
    return { version: row.server.version, was: row.server.outcome };
  }

  edit(row, change) {
    return this.editAll([row], change);
  }

  // One act on several rows; taken back as one.
  editAll(rows, change) {
    const acts = rows.filter(Boolean).map((row) => this.put(row, change)).filter(Boolean);
    this.undo.keep(acts);
    this.paint();
    return acts.length > 0;
  }

  // The draft of one row; what it was and became, or null where nothing may be or was changed. A row with two
  // answers takes a new one only with the version it is meant to replace.
  put(row, change) {
    if (!row || !this.data.editable || row.server.why) return null;
    if (!("version" in change) && this.conflict.first(row)) return null;
    const { reason, channel, print } = this.data;
    const { team, day } = row;
    if (team !== this.data.team || day !== this.data.day) return null; // a row belongs to the screen it came from
    const before = content(this.shown(row));
    const item = this.draft(row);
    const key = this.drafts.key(team, day, row.code);
    const next = { ...before, swept: false, ...this.begun(row), reason, channel, print, ...change, team, day, sent: this.post.sentOf(key) };
    if (settled(next, row.server) && !this.post.unanswered(key)) {
      if (item) this.drafts.drop(item);
    } else {
      this.drafts.put(team, day, row.code, next);
      this.post.soon();
    }
    if (!change.undo && !next.outcome && personal(next)) next.outcome = "met";
    const after = content(next);
    const { version } = next;
    return same(before, after) ? null : { code: row.code, number: row.number, name: row.server.name, before, after, version };
  }

  // Whether the row has this answer now, so that the next one comes; `then` follows where it had to be asked first.
  answer(row, outcome, then = () => {}) {
    if (!this.data.editable || row.server.why) return true;
    if (this.conflict.first(row)) return false;
    if (unmet({ ...this.shown(row), outcome })) this.ask.unmet(row, outcome, then);
    else this.write(row, outcome);
    return Boolean(outcome) && !this.ask.open;
  }

  // A result without anybody met takes away what was found with persons. Cleared, a row keeps its note; where nothing
  // but a note is left, that goes too.
  write(row, outcome) {
    const { note, flags } = this.shown(row);
    const bare = { people: [], flags: flags.replace(/[sv]/g, "") };
    if (outcome) this.edit(row, { outcome, ...(unmet({ outcome, flags }) && bare) });
    else this.edit(row, { ...NOTHING, ...(flags !== "g" && { note, flags: note ? "g" : "" }) });
    this.spoken(row);
  }

  // The answer told aloud: the keys go on to the next row at once.
  spoken(row) {
    const { words: w } = this;
    this.tell(fill(w.card.noted, { name: row.server.name, answer: w.outcomes[this.shown(row).outcome] || w.blank }));
  }

  blank() {
    return this.order
      .map((code) => this.rows.get(code))
      .filter((row) => !row.server.why && !this.shown(row).outcome);
  }

  count(rows) {
    const outcomes = rows.filter((row) => !row.server.why).map((row) => this.shown(row).outcome);
    const of = (...kinds) => outcomes.filter((outcome) => kinds.includes(outcome)).length;
    const due = outcomes.length - of("central_quarantine");
    const attempted = of("met", "phone", "absent", "refused");
    return { due, seen: of("met", "phone"), attempted, left: due - attempted };
  }
}
