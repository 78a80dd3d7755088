// The choices above the sheet that change what stands on it: team, day, the consent to enter another day, copying
// from paper. Once used they hand the keys to the sheet they ask for, and the focus when it stands.

import { thumbs } from "./make.js";
import { Typed } from "./typed.js";

const CONTROLS = ["team", "commune", "day", "other_day", "new_day", "sure", "reason", "same_reason", "paper", "code_none", "code_go", "code"];
export const TYPED = ["other_day", "reason", "code"];
const CHOOSES = ["Enter", " ", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

export class Controls {
  constructor(sheet) {
    this.sheet = sheet;
    this.uses = [];
  }

  find(name, within) {
    return document.querySelector(`[class*="st-key-sheet_${name}"] ${within}`);
  }

  // Which of them this element of the page belongs to.
  of(element) {
    return CONTROLS.find((name) => element?.closest?.(`[class*="st-key-sheet_${name}"]`));
  }

  listen(signal) {
    for (const kind of ["click", "keydown", "focusout"])
      document.addEventListener(kind, (event) => {
        const name = this.used(event);
        if (!name) return;
        this.uses.push([name, event]);
        setTimeout(() => !signal.aborted && this.look());
      }, { signal, capture: true });
  }

  // The control that this event used. The choices of a list stand outside of their field.
  used({ type, key, target }) {
    const name = this.of(target) || (target.closest?.('[role="option"]') && "team");
    if (type === "focusout") return name === "other_day" && name;
    if (type === "keydown" && !CHOOSES.includes(key)) return null;
    if (TYPED.includes(name)) return key === "Enter" && name;
    return name;
  }

  // What was used asks for its sheet once the page itself has heard of it: a little later, or before the next key.
  look() {
    const { turn, data } = this.sheet;
    for (const [name, event] of this.uses.splice(0)) {
      const asked = this.asked(name, event);
      if (asked && !asked.fits(data) && turn.waits.at(-1)?.look !== asked.look) turn.ask(asked);
    }
  }

  // The sheet that a control asks for as it stands now: `{ look, name, fits }`.
  asked(name, event) {
    const { data } = this.sheet;
    if (name === "team") return this.team();
    if (name === "day") return this.day();
    if (name === "other_day") return this.typedDay();
    if (name === "new_day" || name === "code_go") return this.away(event.target.textContent);
    if (name === "sure") return this.entry(this.find("sure", "input"));
    if (name === "same_reason" || name === "code_none") return this.entry({ checked: true });
    if (TYPED.includes(name) && event.target.value.trim()) return { ...this.entry({ checked: true }), unsure: true };
    return name === "paper" ? this.paper(this.find("paper", "input")) : null;
  }

  // Some other sheet than this.
  away(name) {
    const { sheet } = this;
    const here = sheet.named(sheet.data);
    return { look: name, name, fits: (data) => sheet.named(data) !== here };
  }

  team() {
    const input = this.find("team", "input");
    if (!input?.value || input.getAttribute("aria-expanded") === "true") return null;
    const { value } = input;
    return { look: value, name: value.split(" · ")[0], fits: ({ place }) => value.startsWith(`${place.team} · `) };
  }

  day() {
    const buttons = [...document.querySelectorAll('[class*="st-key-sheet_day"] [role="radio"]')];
    const place = buttons.findIndex((button) => button.getAttribute("aria-checked") === "true");
    const iso = this.sheet.data.days[place];
    return iso ? this.on(iso, buttons[place].textContent) : this.typedDay();
  }

  typedDay() {
    const value = this.find("other_day", "input")?.value;
    const [today] = this.sheet.data.days;
    const iso = value && Typed.day(value, today, today, "2000-01-01").value;
    return iso ? this.on(iso, value) : null;
  }

  on(iso, name) {
    return { look: iso, name, fits: ({ day }) => day === iso };
  }

  entry(tick) {
    const name = this.sheet.data.place.team;
    return tick && { look: `entry ${tick.checked}`, name, fits: ({ editable }) => editable === tick.checked };
  }

  paper(tick) {
    const name = this.sheet.data.place.team;
    return tick && { look: `paper ${tick.checked}`, name, fits: ({ copying }) => copying === tick.checked };
  }

  // Whoever used a choice goes on with the keys; where the sheet waits for a consent, that is next.
  focus() {
    const { sheet } = this;
    if (thumbs() || this.elsewhere) return;
    if (sheet.data.editable) sheet.move(sheet.here, true);
    else this.consent();
  }

  get elsewhere() {
    const here = document.activeElement;
    return here !== document.body && here !== this.sheet.root.host && !this.of(here);
  }

  // Its field may come a little later than the sheet.
  consent(frames = 90) {
    if (this.elsewhere || this.sheet.data.editable || !frames) return;
    const field = this.find("sure", "input") ?? this.find("code_", "input");
    if (field) field.focus();
    else requestAnimationFrame(() => this.consent(frames - 1));
  }
}
