// What is on its way to the server: one batch at a time, one sheet per batch, sent again until it is answered.

import { content, same } from "./answers.js";

const PATIENCE = 6000; // an answer that has not come by then is not coming: ask again
const PAUSE = 400; // rows typed within this time travel together
const SLOW = 2; // tries after which a line is slow, and not yet lost
const MANY = 10; // so many do not wait for the pause

export class Post {
  constructor(sheet) {
    this.sheet = sheet;
    this.tries = 0;
    this.reset();
  }

  // Another account: nothing of the one before may go out, or be taken for its answer.
  reset() {
    this.flight = null;
    this.refusals = new Map();
    this.before = null; // the team that stood when the page was asked again on the way to another
    this.sent = new Map(); // what this browser sent of a row, until it is answered: any of it may stand in the store
    this.answered = new Map(); // what the last run answered
  }

  get items() {
    return [...this.sheet.drafts.items.values()];
  }

  refusal(item) {
    const refused = this.refusals.get(item.key);
    return refused && refused.seq === item.draft.seq ? refused : null;
  }

  // Somebody answered this row after it was begun here: both answers wait for the visitor's choice.
  overtaken(item) {
    return Boolean(item && this.refusal(item)?.theirs);
  }

  open() {
    return this.items.filter((item) => !this.refusal(item));
  }

  flying(item) {
    return Boolean(this.flight?.items.some((sent) => sent.key === item.key));
  }

  // The store may hold another answer of this browser than the one shown.
  unanswered(key) {
    return this.sent.has(key);
  }

  sentOf(key) {
    return this.sent.get(key) ?? this.sheet.drafts.items.get(key)?.draft.sent ?? [];
  }

  // Whether a fresh row is only what this browser wrote.
  own(key, fresh) {
    return this.answered.has(key) || this.sentOf(key).some((wrote) => same(wrote, fresh));
  }

  // Asked again twice, and nothing came: there is no connection, while one late answer is a slow line only.
  get lost() {
    return this.tries > SLOW || !navigator.onLine;
  }

  soon() {
    if (!this.tries) this.later(this.open().length >= MANY ? 0 : PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.tries ? this.askAgain() : this.flush()), pause);
  }

  // Nothing came back. A restarted server knows nothing of this part of the page, and only a run of the whole
  // page makes it known: the button below the sheet asks for one, and that run sends what is waiting.
  askAgain() {
    const button = document.querySelector(".st-key-sheet_refresh button");
    if (!button) this.tries = 0;
    if (!button) return this.flush();
    if (this.sheet.turn.team !== null) this.before = this.sheet.data.team;
    button.click();
    this.tries += 1;
    this.later(Math.min(30000, 1000 * 2 ** this.tries));
  }

  flush() {
    if (this.flight) return;
    const items = this.batch();
    const go = this.sheet.turn.team; // asked for with every batch until it stands
    if (!items.length && go === null) return;
    const id = this.id();
    this.flight = { id, items, go };
    this.patience(PATIENCE);
    for (const { key, draft } of items) this.sent.set(key, [...this.sentOf(key), content(draft)]);
    this.sheet.send("save", this.message(id, items, go));
    this.sheet.paint();
  }

  // To another team at once, with whatever is on its way (sent twice it changes nothing).
  turn() {
    clearTimeout(this.timer);
    this.flight = null;
    this.flush();
  }

  batch() {
    const open = this.open();
    const first = open.find((item) => this.sheet.mine(item)) || open[0];
    const kind = ({ team, day, draft }) => JSON.stringify([team, day, Boolean(draft.undo), draft.reason ?? null]);
    return open.filter((item) => kind(item) === kind(first)).slice(0, 100);
  }

  // `shown` keeps the page on the sheet that stands: its picker may not have heard of it yet. While another choice of
  // the page is on its way, that one counts.
  message(id, items, go) {
    const { data, turn } = this.sheet;
    const shown = turn.waiting ? null : data.team;
    const { team, day, draft } = items[0] || { team: data.team, day: data.day, draft: {} };
    return {
      id, go, shown, account: data.account, team, day, reason: draft.reason ?? null, undo: Boolean(draft.undo),
      rows: Object.fromEntries(items.map((item) => [item.code, item.draft])),
    };
  }

  // Others' rows are asked for with a batch of nothing.
  look() {
    this.sheet.send("save", this.message(this.id(), [], null));
  }

  id() {
    return `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
  }

  // The visitor turns away: what waits for the pause goes at once. Without a connection the asking goes on as before.
  hurry() {
    if (this.tries || this.flight?.go || this.open().every((item) => this.flight?.items.includes(item))) return;
    this.turn();
  }

  patience(time) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.flight = null;
      this.tries += 1;
      this.later(0);
      this.sheet.paint();
      this.sheet.tell(this.sheet.bar.status().words);
    }, time);
  }

  // Whether this run answers what was sent.
  hear(told) {
    this.tries = 0; // a run has come: the connection is there
    this.answered.clear();
    if (!this.flight) return false;
    if (!told || told.id !== this.flight.id) {
      this.patience(1500); // the connection is there; if this batch got lost, it need not wait long
      return false;
    }
    clearTimeout(this.waiting);
    this.before = null; // answers come in their order, so that one has come
    const { items, go } = this.flight;
    for (const sent of items) this.take(sent, told.rows[sent.code] || { state: "refused" });
    this.flight = null;
    if (go !== null) this.sheet.turn.missed(go);
    return true;
  }

  take({ key, draft }, answer) {
    const { drafts, words } = this.sheet;
    const item = drafts.items.get(key);
    this.answered.set(key, content(draft));
    this.sent.delete(key);
    if (answer.state === "saved") {
      if (item?.draft.seq === draft.seq) drafts.drop(item);
      else if (item) item.draft.sent = [content(draft)];
      return;
    }
    const why = answer.why || words.refused;
    this.refusals.set(key, { seq: draft.seq, why, theirs: answer.theirs });
    this.sheet.tell(why);
  }

  start() {
    if (this.open().length || this.sheet.turn.team !== null) this.later(0);
  }

  stop() {
    clearTimeout(this.timer);
    clearTimeout(this.waiting);
    this.flight = null;
  }
}
