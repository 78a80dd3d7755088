// The details behind one mark of one household, opened in its row or, card by card, from below. Enter keeps from
// anywhere, Escape leaves the row as it was, Delete takes the mark away. What is typed outlives a reload of the
// page: it is kept in this browser under the account, team, day and household until the panel is closed.

import { content, MET, present, same, unmet } from "./answers.js";
import { CodeList, NoteAlone } from "./code_list.js";
import { Field } from "./field.js";
import { fill, letter, make, thumbs } from "./make.js";
import { openBoxes } from "./open_boxes.js";
import { PersonsFound } from "./persons_found.js";
import { Told } from "./told.js";
import { Typed } from "./typed.js";

export class Panel {
  constructor(sheet, row, flag, kept = null) {
    Object.assign(this, { sheet, row, flag, day: sheet.data.day, lists: sheet.data.lists, words: sheet.data.words.panel });
    this.told = new Told(sheet.data.lists, sheet.data.words, this.day);
    this.store = openBoxes.key(sheet, row.code);
    this.before = kept?.before || content(sheet.shown(row));
    this.version = kept?.version ?? sheet.seen(row);
    this.draw(kept);
    this.touched = kept?.touched ?? false; // written in: what stands in it is saved nowhere else
    this.begun = this.written();
    this.open();
    this.remember();
    if (!kept || !thumbs()) this.body.focus();
    this.reveal();
  }

  // All of it on the screen, without a jump where it is already.
  reveal() {
    this.box?.scrollIntoView({ block: "nearest" });
  }

  // What could not be read when the panel was closed by something else is told when it opens again.
  complain() {
    const read = this.read();
    if (read.fault) this.refuse(read);
  }

  // What is to be kept, or `{ fault }` with its place. `marked`: the mark is set, with or without details.
  read(marked = false) {
    const read = this.body.read();
    if (read.fault || !(marked || this.changed(read))) return read;
    return unmet(this.next(read, true)) ? { fault: "unmet" } : read;
  }

  refuse({ fault, at, finding }) {
    if (fault !== "unmet") return this.body.tell(fault, at, finding);
    this.meeting.hidden = false;
    this.tell(this.sentence(fault));
    this.meeting.querySelector("button").focus();
  }

  // Somebody was met or called after all: the result is said together with what was found.
  meet(met) {
    this.met = met;
    this.keep();
  }

  // What the page is left with

  remember() {
    if (!this.box) return;
    const { flag, before, version, body, faulty } = this;
    this.touched ||= this.written() !== this.begun;
    openBoxes.put(this.store, { flag, before, version, faulty, touched: this.touched, state: body.state, note: this.note.input.value });
  }

  written() {
    return JSON.stringify([this.body.state, this.note.input.value]);
  }

  // Drawing

  draw(kept) {
    const { sheet, row, words, flag } = this;
    this.body = this.parts(kept?.state);
    this.note = new Field({ label: words.note, name: "remark", value: kept?.note ?? this.before.note,
      maxlength: sheet.data.limit, enterkeyhint: "done", input: () => this.remember() });
    this.fault = make("p", { class: "fault", role: "alert" });
    this.meeting = make("div", { class: "acts met", hidden: true }, ...MET.map((met, place) =>
      this.button(met, String(place + 1), sheet.words.outcomes[met], () => this.meet(met))));
    const title = `${sheet.words.flags[flag]} · ${row.server.name}`;
    this.box = make("section", { class: "panel", "data-flag": flag, role: "group", "aria-label": title },
      make("h3", { text: title }), this.body.element, this.fault, this.meeting, this.note.element, this.buttons());
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  parts(state) {
    const { words, flag, before } = this;
    if (flag === "g") return new NoteAlone(this);
    if (flag === "n") return new CodeList(this, { list: "needs", label: words.needs, codes: state || before.needs });
    if (flag === "k") return new CodeList(this, { list: "violations", label: words.violations, codes: state || before.violations });
    return new PersonsFound(this, { kind: flag, people: before.people, state });
  }

  button(name, key, text, act) {
    const made = make("button", { type: "button", class: name }, make("kbd", { text: key }), make("span", { text }));
    made.addEventListener("click", act);
    return made;
  }

  buttons() {
    const { words } = this;
    return make("div", { class: "acts" },
      this.button("keep primary", "⏎", words.keep, () => this.keep()),
      this.body.another && this.button("another", "+", words.another, () => this.body.another()),
      this.button("remove", words.delete_key, words.remove, () => this.remove()),
      this.button("cancel", "Esc", this.sheet.words.cancel, () => this.close(false, true)));
  }

  // Beside a table with room the panel is a line of its own beneath the household; else it rises from below.
  open() {
    this.row.element.classList.add("opened");
    this.ears = new AbortController();
    this.place = this.sheet.cards.holds(this) || this.below();
    document.addEventListener("click", (event) => this.elsewhere(event), { capture: true, signal: this.ears.signal });
  }

  below() {
    const cell = make("td", { role: "cell", colspan: 4 }, this.box);
    const line = make("tr", { role: "row", class: "beneath" }, cell);
    this.row.element.after(line);
    return line;
  }

  sentence(fault) {
    const { name, places } = fault.name ? fault : { name: fault };
    const year = Number(this.day.slice(0, 4));
    const answer = this.sheet.words.outcomes[this.before.outcome];
    return fill(this.words.faults[name], { answer, least: year - Typed.OLDEST, most: year, ...places });
  }

  tell(sentence) {
    this.fault.textContent = sentence;
    if (sentence) this.reveal();
  }

  // Closing

  // Enter: what cannot be read is told where it can be mended, and the panel stays.
  keep() {
    const read = this.read(true);
    if (read.fault) return this.refuse(read);
    this.write(read, true);
    this.end(true);
  }

  remove() {
    this.write(this.body.nothing(), false);
    this.end(true);
  }

  // Other parts of the sheet close it too. What cannot be read yet waits in this browser and opens again.
  close(keep, back = false) {
    if (!this.box) return;
    const read = keep ? this.read() : {};
    if (keep && !read.fault && this.changed(read)) this.write(read, true);
    this.faulty = keep && Boolean(read.fault);
    if (this.faulty) this.remember();
    this.end(back, !this.faulty);
  }

  // A click beside it keeps what can be read; a click on its own mark closes it.
  elsewhere(event) {
    const path = event.composedPath();
    if (path.includes(this.box)) return;
    const own = path[0].closest?.(`[data-flag="${this.flag}"]`);
    if (own && this.row.element.contains(own)) event.stopPropagation();
    const read = this.read();
    if (!read.fault) this.close(true);
    else if (read.fault === "unmet") this.refuse(read);
  }

  // Opened in passing and left without a word, it sets no mark.
  changed(read) {
    return !same({ ...this.before, ...read, note: this.note.input.value.trim() }, this.before);
  }

  // Where the row still says what it said when this was begun, it was at most saved meanwhile. Where it does not,
  // the older version goes with this one, and nothing is overwritten unseen.
  write(read, marked) {
    const { sheet, row, before } = this;
    const next = this.next(read, marked);
    const moved = !same(sheet.shown(row), before);
    if (next.outcome !== before.outcome) sheet.tell(fill(sheet.words.card.noted, { name: row.server.name, answer: sheet.words.outcomes[next.outcome] }));
    sheet.edit(row, { ...next, channel: sheet.data.channel, swept: before.swept && same(next, before), ...(moved && { version: this.version, was: before.outcome }) });
  }

  // The row as it will say. A mark on a row without a result tells of somebody met; that can be changed, and is taken
  // back together with the mark.
  next(read, marked) {
    const { sheet, flag, before } = this;
    const note = this.note.input.value.trim();
    const has = (one) => (one === "g" ? note : one === flag ? marked : before.flags.includes(one));
    const flags = [...sheet.data.flags].filter(has).join("");
    const next = { ...before, ...read, flags, note };
    const met = this.met ?? (!before.outcome && marked && present(flag, next) ? "met" : before.outcome);
    return { ...next, outcome: met };
  }

  end(back, done = true) {
    if (done) openBoxes.drop(this.store);
    this.ears.abort();
    this.row.element.classList.remove("opened");
    this.box = null;
    this.place.remove();
    if (this.sheet.panel === this) this.sheet.panel = null;
    this.sheet.paint();
    if (back) this.sheet.move(this.row.code, true);
  }

  // Keys: all of them are the panel's own

  key(event) {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const focused = this.sheet.root.activeElement;
    const typing = focused.tagName === "INPUT";
    if (event.isComposing || (typing && event.keyCode === 229)) return; // the input method's
    const met = focused.closest(".met") && MET[Number(letter(event)) - 1];
    if (met) return event.preventDefault(), this.meet(met);
    if (this.body.key(event, focused)) event.preventDefault();
    else this.own(event, focused, typing);
  }

  own(event, focused, typing) {
    const pressed = event.key === "Enter" && focused.closest(".acts, .others");
    const acts = { Enter: () => this.keep(), Escape: () => this.close(false, true), Tab: () => this.tab(event.shiftKey) };
    if (!typing) acts.Delete = () => this.remove();
    if (!acts[event.key] || pressed) return;
    event.preventDefault();
    if (!event.repeat || event.key === "Tab") acts[event.key]();
  }

  // Tab goes round within the panel; Enter and Escape lead out of it.
  tab(back) {
    const stops = [...this.box.querySelectorAll("input, button")].filter((stop) => stop.tabIndex === 0 && stop.offsetParent);
    const place = stops.indexOf(this.sheet.root.activeElement) + (back ? -1 : 1);
    stops.at(place % stops.length).focus();
  }
}
