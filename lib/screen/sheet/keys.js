// Keys of the whole sheet. Boxes with inputs of their own (note, panel, find, list of keys) mind their own keys.

import { letter } from "./make.js";

const ANSWERS = { 1: 0, 2: 1, 3: 2, 4: 3, 5: 4 };
const FOREIGN = "input, textarea, select, .note, .panel, .strip, dialog";

export class Keys {
  constructor(sheet) {
    this.sheet = sheet;
  }

  press(event) {
    if (event.defaultPrevented || event.altKey || event.isComposing || event.target.closest?.(FOREIGN)) return;
    const key = letter(event);
    const control = event.ctrlKey || event.metaKey;
    if (this.sheet.ask.open) {
      if (key === "Escape") this.take(event, () => this.sheet.ask.close());
      return;
    }
    if (control) return this.control(event, key);
    if (this.sheet.turn.held && key === "Escape") return this.take(event, () => this.sheet.turn.free());
    if (event.target.closest?.("button, a") && (key === "Enter" || key === " ")) return;
    const act = this.acts()[event.shiftKey && key === "n" ? "shift+n" : key];
    if (act) this.take(event, act, key);
  }

  control(event, key) {
    const { undo } = this.sheet;
    if (key === "z") this.take(event, () => undo.step(!event.shiftKey));
    else if (key === "y") this.take(event, () => undo.step(false));
  }

  take(event, act, key = "") {
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat || key.startsWith("Arrow")) act();
  }

  acts() {
    const { sheet } = this;
    const row = sheet.rows.get(sheet.here);
    const step = (by) => () => sheet.step(by);
    const acts = {
      ArrowDown: step(1), ArrowUp: step(-1), Enter: step(1),
      ArrowRight: () => this.aside(1), ArrowLeft: () => this.aside(-1),
      Home: step(-Infinity), End: step(Infinity),
      "shift+n": () => sheet.nextTeam(),
      t: () => sheet.strip.focus(), "/": () => sheet.filter.open(), "?": () => sheet.help.open(),
      Escape: () => sheet.filter.leave(),
    };
    if (!sheet.data.editable || !row) return acts;
    const answers = Object.entries(this.answers(row)).map(([key, act]) => [key, () => sheet.turn.heard(act)]);
    return { ...acts, ...Object.fromEntries(answers) };
  }

  answers(row) {
    const { sheet } = this;
    const acts = { 0: () => sheet.answer(row, null), a: () => sheet.ask.begin() };
    for (const [key, place] of Object.entries(ANSWERS))
      acts[key] = () => { if (sheet.answer(row, sheet.data.outcomes[place], () => sheet.step(1))) sheet.step(1); };
    for (const flag of sheet.data.flags) acts[flag] = () => sheet.mark(row, flag);
    acts.o = () => sheet.conflict.theirs(row);
    acts.m = () => sheet.conflict.mine(row);
    return acts;
  }

  aside(by) {
    const { sheet } = this;
    const row = sheet.rows.get(sheet.here);
    if (!row) return;
    const buttons = [...row.element.querySelectorAll("button")].filter((b) => b.offsetParent);
    const place = buttons.indexOf(sheet.root.activeElement) + by;
    if (place < 0) row.element.focus();
    else buttons[Math.min(place, buttons.length - 1)]?.focus();
  }
}
