// Which sheet the keys are for. They belong to the team and day that are painted: from the moment another sheet is
// asked for until it stands, keys wait for it, counted in the bar, and are then pressed there one by one. No row of the
// sheet before hears them.

import { fill, letter } from "./make.js";
import { Typist } from "./typist.js";

const LONG = 6000; // a choice of the page that has changed nothing by then is not coming; a way to a team may be left
let lost = null; // keys whose sheet cannot be shown at all, told when there is one again
const WAITING = /^(.|Enter|Tab|Backspace|Delete|Home|End|Arrow\w+|Escape|Process|Dead|Unidentified)$/u;

export class Turn {
  constructor(sheet) {
    this.sheet = sheet;
    this.waits = []; // sheets asked for, in their order: `{ name, team, fits, since, keys }`
    this.typist = new Typist(sheet);
    this.held = ""; // why the sheet asked for cannot be opened: what is typed next was not meant for this one
  }

  get waiting() {
    return this.waits.length > 0;
  }

  // The team to be shown, asked for again and again until it is.
  get team() {
    return this.waits.find((wait) => wait.team)?.team ?? null;
  }

  get keys() {
    return this.waits.flatMap((wait) => wait.keys).filter((key) => !key.silent);
  }

  // `fits(data)` knows the sheet asked for; `team` where this script asks for it, none where the page does. Asked for
  // by a waiting key it comes before whatever else was asked for meanwhile.
  ask(wait, first = []) {
    this.sheet.shut(true);
    this.held = "";
    Object.assign(wait, { since: Date.now(), keys: [...first] });
    if (this.playing) this.waits.unshift(wait);
    else this.waits.push(wait);
    if (!wait.team) setTimeout(() => this.waits.includes(wait) && this.miss(wait), LONG);
    else setTimeout(() => this.waits.includes(wait) && this.sheet.paint(), LONG);
    this.sheet.paint();
  }

  // A button of the sheet, pressed while keys wait, has its turn after them.
  later(act) {
    if (!this.waiting || this.playing) return act();
    this.waits.at(-1).keys.push({ act });
    this.sheet.paint();
  }

  // Keys

  // Whether this key waits. Keys typed into a field of the page elsewhere do not.
  takes(event) {
    if (!this.waiting || this.playing || event.altKey || event.metaKey || !WAITING.test(event.key)) return false;
    if (event.ctrlKey && !["z", "y"].includes(letter(event))) return false;
    if (event.key === "Tab" && !this.keys.length) return false;
    const { element, controls } = this.sheet;
    const path = event.composedPath();
    if (event.target !== document.body && !path.includes(element) && !controls.of(event.target)) return false;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.put(event);
    return true;
  }

  put(event) {
    if (event.key === "Escape" && this.stuck) return this.leave();
    const { key, code, ctrlKey, shiftKey, repeat } = event;
    this.waits.at(-1).keys.push({ key, code, ctrlKey, shiftKey, repeat });
    this.sheet.paint();
  }

  // Whether a key was to write something, not only to lead somewhere.
  static answers({ key = "", ctrlKey, shiftKey }) {
    return [...key].length === 1 && !ctrlKey && !(shiftKey && letter({ key }) === "n");
  }

  // Waits

  // What was typed above may be wrong, and then nothing changes: its own run, the only one awaited, tells.
  doubt() {
    const [wait] = this.waits;
    if (wait?.unsure && !wait.fits(this.sheet.data) && !this.sheet.post.flight) this.miss(wait);
  }

  // After a run: keys that waited for the sheet that stands now are pressed; of each its own act.
  arrived() {
    let came = false;
    while (this.waits[0]?.fits(this.sheet.data)) {
      const { name, keys } = this.waits.shift();
      came = true;
      this.play(keys, name);
    }
    if (came) this.sheet.paint();
    return came;
  }

  play(keys, name) {
    const { sheet } = this;
    const lost = sheet.data.editable ? [] : keys.filter((key) => Turn.answers(key));
    if (lost.length) return sheet.announce(fill(sheet.words.keys_closed, { n: lost.length, name }));
    const before = this.waits[0];
    this.held = ""; // the sheet they were typed for stands
    this.playing = true;
    try {
      while (keys.length && this.waits[0] === before) this.do(keys.shift());
    } finally {
      this.playing = false;
    }
    if (keys.length) this.waits[0].keys.push(...keys);
  }

  do(key) {
    if (key.act) key.act();
    else this.typist.press(key);
  }

  // The server answered, and another sheet stands than the one asked for.
  missed(team) {
    const wait = this.waits.find((one) => one.team === team);
    if (wait && !wait.fits(this.sheet.data)) this.miss(wait);
  }

  miss(wait) {
    this.waits.splice(this.waits.indexOf(wait), 1);
    const n = wait.keys.filter((key) => !key.silent).length;
    if (n || wait.team) this.refuse(fill(this.sheet.words.keys_missed, { n, name: wait.name }));
    this.sheet.paint();
  }

  // The sheet goes from the page, and what waited with it.
  sleep() {
    const n = this.keys.length;
    if (n) lost = { n, name: this.waits[0].name };
    this.waits = [];
  }

  awake() {
    if (lost) this.sheet.announce(fill(this.sheet.words.keys_missed, lost));
    lost = null;
  }

  get stuck() {
    const { post } = this.sheet;
    return this.waiting && (post.tries > 0 || !navigator.onLine || Date.now() - this.waits[0].since > LONG);
  }

  leave() {
    const { sheet } = this;
    const n = this.keys.length;
    this.waits = [];
    sheet.announce(fill(sheet.words.keys_left, { n, name: sheet.data.place.team }));
    sheet.paint();
  }

  // No other sheet can be opened: answers typed next were meant for it, and none may fall on a row of this one.
  refuse(words) {
    this.held = words;
    this.sheet.announce(words);
  }

  heard(act) {
    if (this.held) this.sheet.announce(this.held);
    else act();
  }

  free() {
    this.held = "";
    this.sheet.announce("");
  }

  get words() {
    const { words: w } = this.sheet;
    const places = { n: this.keys.length, name: this.waits[0].name };
    const told = places.n ? fill(w.keys_wait, places) : fill(w.opening, places);
    return this.stuck && this.team ? `${told} ${w.keys_stuck}` : told;
  }
}
