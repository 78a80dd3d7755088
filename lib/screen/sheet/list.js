// The table: one line per household, a heading per member. Built once per sheet; of a run only changed lines are
// painted.

import { content } from "./answers.js";
import { fill, make, say } from "./make.js";

export class List {
  constructor(sheet) {
    this.sheet = sheet;
    this.groups = [];
  }

  build() {
    const { data, words: w, parts } = this.sheet;
    const columns = [w.household, w.answer, data.editable && w.marks, w.state].filter(Boolean);
    const head = make("tr", { role: "row" }, ...columns.map((text) => make("th", { scope: "col", role: "columnheader", text })));
    parts.table.setAttribute("aria-label", w.table);
    parts.table.replaceChildren(make("thead", { role: "rowgroup" }, head));
    const rows = new Map();
    this.groups = [];
    for (const server of data.rows) {
      let group = this.groups.at(-1);
      if (group?.member !== server.member) group = this.group(server, columns.length);
      const row = this.row(server);
      group.rows.push(row);
      group.body.append(row.element);
      rows.set(server.code, row);
    }
    return rows;
  }

  group(server, columns) {
    const cell = make("th", { scope: "rowgroup", role: "rowheader", colspan: columns });
    const body = make("tbody", { role: "rowgroup" }, make("tr", { role: "row", class: "group" }, cell));
    this.sheet.parts.table.append(body);
    const group = { member: server.member, name: server.member_name, body, cell, rows: [] };
    this.groups.push(group);
    return group;
  }

  row(server) {
    const { number } = server;
    const { data, words: w } = this.sheet;
    const telephone = server.phone && make("a", { href: `tel:${server.phone.replace(/ /g, "")}`, text: server.phone, tabindex: -1 });
    const about = [server.place, telephone, fill(w.persons, { n: server.persons })].filter(Boolean);
    const marked = make("div", { class: "marked" });
    const why = make("div", { class: "why" });
    const who = make("th", { scope: "row", role: "rowheader", class: "who" },
      make("span", { class: "number", text: `${number}.` }), make("span", { class: "name", text: server.name }),
      make("span", { class: "code", text: server.code.split("-").at(-1), title: server.code }),
      make("div", { class: "sub" }, ...about.map((part) => make("span", {}, part))), why);
    const given = make("div", { class: "given" });
    const answer = make("td", { role: "cell", class: "answer" }, given, marked);
    const marks = data.editable && make("td", { role: "cell", class: "marks" });
    const state = make("span", { class: "said" });
    const last = make("td", { role: "cell", class: "state" }, state);
    const element = make("tr", { role: "row", "data-code": server.code, tabindex: -1 }, who, answer, marks, last);
    const row = { code: server.code, team: data.team, day: data.day, number, server, element, buttons: [], parts: { who, marked, why, answer: given, state } };
    if (data.editable && !server.why) this.buttons(row, given, marks, last);
    else element.classList.add("fixed");
    if (telephone) row.buttons.push(telephone);
    return row;
  }

  buttons(row, answer, marks, last) {
    const { data, words: w } = this.sheet;
    const group = (label) => ({ role: "group", "aria-label": `${label}: ${row.server.name}` });
    const button = (named, key, text, title) => {
      const made = make("button", { type: "button", tabindex: -1, title, "aria-label": title, "aria-pressed": "false", ...named },
        make("kbd", { text: key }), make("span", { text }));
      row.buttons.push(made);
      return made;
    };
    row.outcomes = data.outcomes.map((code, place) =>
      button({ "data-outcome": code }, place + 1, w.short[code] || w.outcomes[code], w.outcomes[code]));
    answer.append(make("div", { class: "choices", ...group(w.answer) }, ...row.outcomes));
    row.flags = [...data.flags].map((flag) => button({ "data-flag": flag }, flag, w.flags[flag], w.flags[flag]));
    row.clear = button({ "data-outcome": "", "aria-pressed": null, class: "clear" }, "0", w.clear, w.clear);
    marks.append(make("div", { class: "choices", ...group(w.marks) }, ...row.flags, row.clear));
    const more = make("button", { type: "button", tabindex: -1, class: "open", "data-more": true, "aria-expanded": "false",
      "aria-label": w.more, title: w.more, text: "⋯" });
    row.buttons.push(more);
    last.append(more);
  }

  paint() {
    for (const row of this.sheet.rows.values()) this.paintRow(row);
    for (const { cell, name, rows } of this.groups) {
      const { due, left } = this.sheet.count(rows);
      say(cell, fill(this.sheet.words.group, { name, n: due, left }));
    }
  }

  paintRow(row) {
    const { sheet } = this;
    const shown = sheet.shown(row);
    const state = sheet.state(row);
    const look = JSON.stringify([content(shown), state, row.server.why, Boolean(row.arrived)]);
    if (look === row.look) return;
    row.look = look;
    row.element.dataset.state = state.kind;
    row.element.dataset.answer = shown.outcome || "";
    row.element.classList.toggle("arrived", Boolean(row.arrived));
    this.paintState(row, shown, state);
    row.parts.marked.replaceChildren(...sheet.marks(shown));
    sheet.conflict.paint(row);
    this.paintButtons(row, shown);
  }

  paintState(row, shown, state) {
    const { words: w } = this.sheet;
    const besides = [row.arrived && w.arrived, shown.swept && w.swept, state.late && w.late].filter(Boolean);
    row.parts.state.replaceChildren(make("span", { text: state.text, title: w[state.kind] }),
      ...besides.map((text) => make("span", { text })),
      ...(shown.channel ? [make("span", { class: "from-paper", text: w.paper })] : []));
    say(row.parts.why, row.server.why || state.why || "");
  }

  paintButtons(row, shown) {
    const { words: w } = this.sheet;
    if (!row.outcomes) {
      row.parts.answer.textContent = row.server.why ? "" : shown.outcome ? w.outcomes[shown.outcome] : w.blank;
      return;
    }
    for (const button of row.outcomes) button.setAttribute("aria-pressed", String(button.dataset.outcome === shown.outcome));
    for (const button of row.flags) button.setAttribute("aria-pressed", String(shown.flags.includes(button.dataset.flag)));
    row.clear.disabled = !shown.outcome && !shown.flags;
  }
}
