// Every act of this visit to the page, to be taken back and done again, also after saving and on other teams'
// sheets. The reverse goes the way of every answer; where somebody else changed the row meanwhile it is begun on
// the version the act was begun on, so the server answers with both values instead of overwriting.

import { same } from "./answers.js";
import { fill } from "./make.js";

const REMEMBERED = 500;

export class Undo {
  constructor(sheet) {
    this.sheet = sheet;
    this.clear();
  }

  clear() {
    this.done = [];
    this.undone = [];
  }

  // `rows` of one act: what each showed before and after, and the version it was begun on.
  keep(rows) {
    if (!rows.length) return;
    const { team, day, place } = this.sheet.data;
    this.done.push({ team, day, name: place.team, rows });
    if (this.done.length > REMEMBERED) this.done.shift();
    this.undone = [];
  }

  // Acts of the shown day; a day is left by hand, not by a key.
  last(back) {
    const { day } = this.sheet.data;
    return (back ? this.done : this.undone).findLast((act) => act.day === day);
  }

  can(back) {
    return Boolean(this.last(back));
  }

  step(back) {
    const { sheet } = this;
    sheet.shut(true); // what is typed in an open box is an act of its own
    const act = this.last(back);
    if (!act) return sheet.announce(back ? sheet.words.undo_none : sheet.words.redo_none);
    if (act.team !== sheet.data.team) return this.travel(act, back);
    if (!sheet.data.editable) return sheet.announce(sheet.words.undo_closed);
    const [from, to] = back ? [this.done, this.undone] : [this.undone, this.done];
    from.splice(from.lastIndexOf(act), 1);
    to.push(act);
    this.write(act, back);
  }

  // On the other team's sheet it is done before whatever is typed meanwhile.
  travel({ team, name }, back) {
    this.sheet.go({ id: team, name }, [{ silent: true, act: () => this.step(back) }]);
  }

  write(act, back) {
    const { sheet } = this;
    for (const one of act.rows) {
      const row = sheet.rows.get(one.code);
      if (row) this.turn(row, one, back ? [one.after, one.before] : [one.before, one.after]);
    }
    sheet.filter.clear();
    sheet.paint();
    sheet.move(act.rows[0].code, true);
    sheet.announce(fill(back ? sheet.words.undone : sheet.words.redone, { what: this.told(act, back) }));
  }

  turn(row, { version }, [from, to]) {
    const { sheet } = this;
    const item = sheet.draft(row);
    if (sheet.post.overtaken(item) && same(item.draft, from)) return sheet.drafts.drop(item);
    const untouched = same(sheet.shown(row), from);
    sheet.put(row, { ...to, undo: true, ...(untouched ? {} : { version }) });
  }

  told(act, back) {
    const { words: w } = this.sheet;
    const word = (answer) => w.outcomes[answer.outcome] || w.blank;
    const of = (one) => (back ? [one.after, one.before] : [one.before, one.after]);
    const [one] = act.rows;
    const [from, to] = of(one);
    if (act.rows.length > 1) return fill(w.act_many, { n: act.rows.length, from: word(from), to: word(to) });
    if (from.outcome === to.outcome) return fill(w.act_marks, one);
    return fill(w.act_row, { number: one.number, name: one.name, from: word(from), to: word(to) });
  }
}
