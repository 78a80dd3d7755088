// The commune's teams as small bars: how far each is, and one click or key to its sheet. One stop of the Tab key.

import { fill, letter, make, say } from "./make.js";

export class Strip {
  constructor(sheet) {
    this.sheet = sheet;
    this.bars = [];
  }

  get box() {
    return this.sheet.parts.strip;
  }

  wire() {
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("click", (event) => this.go(event.target.closest("button")));
    const tell = (event) => this.tell(event.target.closest("button"));
    this.box.addEventListener("pointerover", tell);
    this.box.addEventListener("pointerleave", () => this.tell(null));
    this.box.addEventListener("focusin", (event) => { this.stand(event.target.closest("button")); tell(event); });
    this.box.addEventListener("focusout", () => this.tell(null));
  }

  paint() {
    const { data } = this.sheet;
    const teams = this.teams();
    const look = JSON.stringify([data.team, teams, this.sheet.words.strip]);
    if (look === this.look) return;
    this.look = look;
    this.box.hidden = teams.length < 2;
    if (this.bars.length !== teams.length || this.bars.some((bar, place) => bar.dataset.team !== String(teams[place][0]))) this.build(teams);
    teams.forEach((team, place) => this.paintBar(this.bars[place], team));
    this.tell(null);
  }

  // The team at hand as far as it is typed, the others as far as they are saved.
  teams() {
    const { data, rows } = this.sheet;
    const here = this.sheet.count([...rows.values()]);
    return data.strip.map(([id, name, due, attempted]) => (id === data.team ? [id, name, here.due, here.attempted] : [id, name, due, attempted]));
  }

  build(teams) {
    const { words: w, parts } = this.sheet;
    this.bars = teams.map(([id]) => make("button", { type: "button", "data-team": id, tabindex: -1 }, make("span")));
    parts.teams.setAttribute("aria-label", w.strip);
    parts.teams.replaceChildren(...this.bars);
    this.stand(this.bars.find((bar) => Number(bar.dataset.team) === this.sheet.data.team) || this.bars[0]);
  }

  paintBar(bar, [id, name, due, attempted]) {
    const { words: w, data } = this.sheet;
    const look = [name, due, attempted, id === data.team, w.strip].join();
    if (look === bar.look) return; // one key changes one bar of a hundred and fifty
    bar.look = look;
    const full = due > 0 && attempted >= due;
    const words = due ? fill(w.strip_team, { name, due, attempted }) : fill(w.strip_none, { name });
    bar.title = words;
    bar.setAttribute("aria-label", words);
    bar.dataset.state = !due ? "none" : full ? "full" : attempted ? "begun" : "blank";
    bar.firstChild.style.height = `${due ? Math.max(attempted ? 12 : 0, Math.floor((100 * attempted) / due)) : 0}%`;
    if (id === data.team) bar.setAttribute("aria-current", "true");
    else bar.removeAttribute("aria-current");
  }

  // In words below the bars: the one pointed at, else how many teams are through.
  tell(bar) {
    const { words: w, parts } = this.sheet;
    const teams = this.teams();
    const full = teams.filter(([, , due, attempted]) => due && attempted >= due).length;
    say(parts.strip_words, bar?.dataset.team ? bar.title : fill(w.strip_sum, { n: teams.length, full }));
  }

  focus() {
    if (this.box.hidden) return;
    this.sheet.shut(true);
    (this.bars.find((bar) => bar.tabIndex === 0) || this.bars[0]).focus();
  }

  stand(here) {
    if (here) for (const bar of this.bars) bar.tabIndex = bar === here ? 0 : -1;
  }

  key(event) {
    const place = this.bars.indexOf(event.target);
    const key = letter(event);
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.line(), ArrowUp: -this.line(), Home: -place, End: this.bars.length };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key in steps) this.bars[Math.max(0, Math.min(place + steps[key], this.bars.length - 1))].focus();
    else if (key === "Escape" || key === "t") this.sheet.move(this.sheet.here, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // How many bars stand in one line.
  line() {
    return this.bars.filter((bar) => bar.offsetTop === this.bars[0].offsetTop).length;
  }

  go(bar) {
    if (!bar?.dataset.team) return;
    const [id, name] = this.sheet.data.strip.find(([team]) => team === Number(bar.dataset.team));
    this.sheet.turn.later(() => (id === this.sheet.data.team ? this.sheet.move(this.sheet.here, true) : this.sheet.go({ id, name })));
  }
}
