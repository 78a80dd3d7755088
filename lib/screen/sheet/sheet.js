// The sheet on the screen: every answer is a draft, kept in this browser under the account, team, day and household,
// until a run says that it is saved. The page calls the default function again after each run with fresh rows; the
// sheet is built once and only changed rows are painted.

import { content } from "./answers.js";
import { Ask } from "./ask.js";
import { Bar } from "./bar.js";
import { Cards } from "./cards.js";
import { Conflict } from "./conflict.js";
import { Controls, TYPED } from "./controls.js";
import { Drafts } from "./drafts.js";
import { Elsewhere } from "./elsewhere.js";
import { Entries } from "./entries.js";
import { Filter } from "./filter.js";
import { Help } from "./help.js";
import { Keys } from "./keys.js";
import { List } from "./list.js";
import { fill, say, thumbs } from "./make.js";
import { Note } from "./note.js";
import { openBoxes } from "./open_boxes.js";
import { Panel } from "./panel.js";
import { Post } from "./post.js";
import { Presence } from "./presence.js";
import { Strip } from "./strip.js";
import { Told } from "./told.js";
import { Turn } from "./turn.js";
import { Undo } from "./undo.js";

class Sheet extends Entries {
  constructor(root) {
    super();
    this.root = root;
    this.rows = new Map();
    this.order = [];
    this.here = null;
    this.panel = null; // the note or the panel that is open
    this.post = new Post(this);
    this.list = new List(this);
    this.bar = new Bar(this);
    this.strip = new Strip(this);
    this.filter = new Filter(this);
    this.ask = new Ask(this);
    this.conflict = new Conflict(this);
    this.elsewhere = new Elsewhere(this);
    this.undo = new Undo(this);
    this.help = new Help(this);
    this.keys = new Keys(this);
    this.turn = new Turn(this);
    this.controls = new Controls(this);
    this.presence = new Presence(this);
    this.cards = new Cards(this);
  }

  // One run of the page has come: take its answer, then its rows.

  run(data, send) {
    clearTimeout(this.leaving);
    const last = this.data;
    if (last && this.named(last) !== this.named(data)) this.shut(true); // what is in an open box belongs to the sheet before
    Object.assign(this, { send, data, words: data.words, told: null });
    if (last?.account !== data.account) this.begin(data.account);
    const answered = this.post.hear(data.told);
    this.fit(last);
    this.refresh();
    this.paint();
    this.arrive();
    this.presence.awake();
    this.stand(last);
    this.post.start();
    if (answered && this.bar.status().kind === "saved") this.tell(this.words.all_saved);
    const generation = (this.generation = (this.generation || 0) + 1);
    return () => generation === this.generation && this.leave();
  }

  // What was asked for stands: it gets the focus and the keys that waited for it.
  stand(last) {
    const { turn, data } = this;
    const turned = last && last.account === data.account && this.named(last) !== this.named(data);
    const typed = turn.keys.length;
    if (turned) this.cards.turned = Date.now(); // the second of two taps was meant for the sheet before
    if (!last) turn.awake();
    turn.doubt();
    if (turn.waits[0]?.fits(data)) this.controls.focus();
    if (!turn.arrived() && turned && !turn.waiting && !turn.held) this.strayed(last);
    if (!typed) this.resume();
  }

  // Nobody asked for this sheet. A page asked again had the team before still in its picker: back to the one shown.
  strayed({ team, day, place }) {
    const { data, post, turn, words } = this;
    if (data.team === post.before && data.day === day) this.go({ id: team, name: place.team });
    else turn.refuse(fill(words.turned, { name: data.place.team, day: data.place.day }));
  }

  named({ account, team, day }) {
    return `${account}:${team}:${day}`;
  }

  begin(account) {
    this.drafts = new Drafts(account);
    this.post.reset();
    this.undo.clear();
    this.turn.waits = [];
  }

  // Streamlit also says goodbye where it calls again at once: a sheet asked for, its keys and what is on its way stay.
  leave() {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.sleep());
  }

  sleep() {
    this.shut(true);
    this.turn.sleep();
    this.presence.sleep();
    this.post.stop();
  }

  // Build the list where its households changed; an open box is not pulled away from under its user.
  fit(last) {
    const { data } = this;
    const holds = this.root.activeElement;
    const element = this.root.querySelector(".sheet");
    const name = this.named(data);
    const shape = JSON.stringify([name, data.editable, data.words.table, data.rows.map((r) => [r.number, r.code, r.member, r.why])]);
    if (element !== this.element) this.wire(element);
    if (shape === this.shape || (this.boxed && name === this.name)) return;
    const turned = name !== this.name;
    const opened = last && !last.editable && data.editable; // a code or a consent was given above: the keys are ours now
    this.shape = shape;
    this.name = name;
    this.build(turned ? null : this.here);
    if (turned || holds || opened) this.settle((turned && last) || opened);
  }

  // Boxes

  mark(row, flag) {
    if (!row || !this.data.editable || row.server.why || this.conflict.first(row)) return;
    this.shut(true);
    this.move(row.code);
    this.box(flag === "g" ? new Note(this, row) : new Panel(this, row, flag));
  }

  box(panel) {
    this.panel = panel;
    this.paint();
  }

  // After a run: a box that was open when the page went away is open again, with what was typed.
  resume() {
    if (this.panel || !this.data.editable) return;
    for (const row of this.rows.values()) {
      const kept = openBoxes.read(openBoxes.key(this, row.code));
      if (!kept || row.server.why || !this.data.flags.includes(kept.flag)) continue;
      this.box(kept.flag === "g" && !this.cards.shows ? new Note(this, row, kept) : new Panel(this, row, kept.flag, kept));
      if (kept.faulty) this.panel.complain?.();
      return;
    }
  }

  // Close the open box.
  shut(keep) {
    const { panel } = this;
    this.panel = null;
    panel?.close(keep);
  }

  get boxed() {
    return Boolean(this.panel?.box?.isConnected);
  }

  // Ways

  nextTeam() {
    const { next } = this.data;
    if (next) this.go(next);
    else this.turn.refuse(this.words.next_none);
  }

  // Another team's rows are not in this browser: without a connection they cannot be shown. `keys` are pressed there
  // before all others.
  go({ id, name }, keys) {
    const { day } = this.data;
    this.shut(true);
    if (this.post.lost) return this.turn.refuse(this.words.go_lost);
    this.turn.ask({ team: id, name, fits: (data) => data.team === id && data.day === day }, keys);
    if (!this.post.tries) this.post.turn(); // asked again already, it goes with the run that comes
  }

  step(by) {
    const order = this.order.filter((code) => !this.rows.get(code).out);
    const place = order.indexOf(this.here) + by;
    this.move(order[Math.max(0, Math.min(place, order.length - 1))], true);
  }

  move(code, focus = false) {
    const row = this.rows.get(code);
    if (!row) return;
    const last = this.rows.get(this.here);
    if (last && last !== row) this.current(last, false);
    this.here = code;
    this.current(row, true);
    if (!focus) return;
    this.cards.follow(code);
    row.element.focus({ preventScroll: true });
    row.element.scrollIntoView({ block: "nearest" });
  }

  current(row, is) {
    row.element.classList.toggle("current", is);
    row.element.tabIndex = is ? 0 : -1;
    for (const button of row.buttons) button.tabIndex = is ? 0 : -1;
  }

  // A sheet newly opened takes the keys, unless somebody is typing elsewhere; fingers need no focus.
  settle(turned) {
    const idle = document.activeElement === document.body || this.root.host === document.activeElement;
    const first = this.blank()[0]?.code || this.order[0];
    if (!this.rows.has(this.here)) this.move(first);
    const chosen = TYPED.includes(this.controls.of(document.activeElement)); // typed, and the sheet came with it
    if (this.data.editable && (idle || turned || chosen) && !thumbs()) this.move(this.here, true);
  }

  // The household that a link asks for (`?row=`), once: who reloads the page later is not pulled back to it.
  arrive() {
    const address = new URL(location.href);
    const code = address.searchParams.get("row");
    if (!code || this.shape === null) return;
    address.searchParams.delete("row");
    history.replaceState(history.state, "", address);
    this.move(code, true);
  }

  // Drawing

  wire(element) {
    this.element = element;
    this.shape = null;
    const find = (name) => element.querySelector(`.${name}`);
    this.parts = {
      table: element.querySelector("table"), sums: find("sums"), fill: find("fill"), status: find("status"),
      where: find("sheet-of"), words: find("words"), acts: find("acts"), ask: find("ask"), keys: find("keys"), live: find("live"),
      news: find("news"), elsewhere: find("elsewhere"), help: find("help"),
      strip: find("strip"), teams: find("teams"), strip_words: find("strip-words"),
      find: find("find"), find_input: find("find input"), find_count: find("find-count"), find_close: find("find-close"),
    };
    element.addEventListener("keydown", (event) => this.keys.press(event));
    element.addEventListener("focusin", (event) => {
      const row = event.target.closest("tr[data-code]");
      if (row) this.move(row.dataset.code);
    });
    this.parts.table.addEventListener("click", (event) => this.click(event));
    for (const part of [this.strip, this.filter, this.help]) part.wire();
  }

  click(event) {
    const element = event.target.closest("tr[data-code]");
    if (!element || event.target.closest(".note, .panel, .versus, a")) return;
    this.turn.held = "";
    const row = this.rows.get(element.dataset.code);
    const button = event.target.closest("button");
    this.move(row.code, !button && !thumbs());
    if (!button) return;
    if ("outcome" in button.dataset) this.answer(row, button.dataset.outcome || null);
    else if (button.dataset.flag) this.mark(row, button.dataset.flag);
    else if ("more" in button.dataset)
      button.setAttribute("aria-expanded", String(element.classList.toggle("more")));
  }

  build(here) {
    this.shut(true);
    const { data } = this;
    this.element.classList.toggle("reading", !data.editable);
    this.rows = this.list.build();
    this.order = data.rows.filter((r) => !r.why).map((r) => r.code);
    if (!this.order.length) this.order = data.rows.map((r) => r.code);
    this.here = this.rows.has(here) ? here : null;
    if (this.here) this.current(this.rows.get(this.here), true);
    this.bar.build();
    this.filter.build();
    this.help.build();
    this.cards.build();
  }

  paint() {
    if (this.shape === null) return;
    this.list.paint();
    this.bar.paint();
    this.strip.paint();
    this.elsewhere.paint();
    this.cards.paint();
  }

  // What an answer says besides its outcome, as elements.
  marks(answer) {
    this.told ??= new Told(this.data.lists, this.words, this.data.day);
    return this.told.marks(content(answer));
  }

  tell(text) {
    this.parts && say(this.parts.live, text);
  }

  // Told aloud and shown beside the keys for a moment.
  announce(text) {
    this.tell(text);
    say(this.parts.news, text);
    clearTimeout(this.announced);
    this.announced = setTimeout(() => say(this.parts.news, ""), 8000);
  }
}

const sheets = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!sheets.has(parentElement)) sheets.set(parentElement, new Sheet(parentElement));
  return sheets.get(parentElement).run(data, setTriggerValue);
}
