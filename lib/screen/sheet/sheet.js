// The day's sheet in the browser. Every answer is a draft, kept in this browser under the account, team,
// day and household, until a run says that it is saved. The page calls the default function again after
// each run with fresh rows; the sheet is built once and only changed rows are painted.

const PATIENCE = 6000; // an answer that has not come by then is not coming: ask again
const PAUSE = 400; // rows typed within this time travel together
const MANY = 10; // so many do not wait for the pause
const KEYS = { 1: 0, 2: 1, 3: 2, 4: 3, 5: 4 };

const fill = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
const localDay = (day) => day.split("-").reverse().join("/");

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

// Drafts of one account, written through to the browser's store. Where the browser keeps nothing they live
// as long as the page.

const unkept = new Map();

class Drafts {
  constructor(account) {
    this.prefix = `tungnha:sheet:${account}:`;
    this.items = new Map();
    this.kept = true;
    this.number = 0;
    try {
      localStorage.setItem(this.prefix, "");
      localStorage.removeItem(this.prefix);
      for (const key of Object.keys(localStorage)) this.read(key, localStorage.getItem(key));
    } catch {
      this.kept = false;
    }
    for (const [key, text] of unkept) this.read(key, text);
  }

  read(key, text) {
    if (!key.startsWith(this.prefix)) return;
    const [team, day, ...code] = key.slice(this.prefix.length).split(":");
    try {
      const { outcome = null, swept, flags, note, ...rest } = JSON.parse(text);
      const draft = { ...rest, outcome, swept: swept === true, flags: String(flags ?? ""), note: String(note ?? "") };
      this.items.set(key, { key, team: Number(team), day, code: code.join(":"), draft });
    } catch {
      localStorage.removeItem(key);
    }
  }

  key(team, day, code) {
    return `${this.prefix}${team}:${day}:${code}`;
  }

  get(team, day, code) {
    return this.items.get(this.key(team, day, code));
  }

  put(team, day, code, draft) {
    const key = this.key(team, day, code);
    const item = { key, team, day, code, draft: { ...draft, seq: `${Date.now()}.${this.number++}` } };
    this.items.set(key, item);
    const text = JSON.stringify(item.draft);
    try {
      localStorage.setItem(key, text);
    } catch {
      unkept.set(key, text);
      this.kept = false;
    }
    return item;
  }

  drop(item) {
    this.items.delete(item.key);
    unkept.delete(item.key);
    try {
      localStorage.removeItem(item.key);
    } catch {
      this.kept = false;
    }
  }
}

class Sheet {
  constructor(root) {
    this.root = root;
    this.rows = new Map();
    this.order = [];
    this.refusals = new Map();
    this.tries = 0;
    this.here = null;
  }

  // One run of the page has come: take its answer, then its rows.

  run(data, send) {
    this.send = send;
    const last = this.data;
    this.data = data;
    this.words = data.words;
    if (!last || last.account !== data.account) {
      this.drafts = new Drafts(data.account);
      this.refusals.clear();
      this.flight = null;
    }
    this.hear(data.told);
    const holds = this.root.activeElement;
    const element = this.root.querySelector(".sheet");
    const sheet = `${data.account}:${data.team}:${data.day}`;
    const shape = JSON.stringify([sheet, data.editable, data.words.table, data.rows.map((r) => [r.code, r.member, r.why])]);
    if (element !== this.element) this.wire(element);
    if (shape !== this.shape) {
      const turned = sheet !== this.name;
      this.shape = shape;
      this.name = sheet;
      this.build(turned ? null : this.here);
      if (turned || holds) this.settle(turned && last);
    }
    for (const fresh of data.rows) this.rows.get(fresh.code).server = fresh;
    this.forgetEqual();
    this.paint();
    this.tries = 0;
    if (this.open().length) this.later(0);
    this.awake();
    const generation = (this.generation = (this.generation || 0) + 1);
    return () => generation === this.generation && this.sleep();
  }

  // What is still to be saved

  mine(item) {
    return item.team === this.data.team && item.day === this.data.day;
  }

  refusal(item) {
    const refused = this.refusals.get(item.key);
    return refused && refused.seq === item.draft.seq ? refused : null;
  }

  // Another person answered this row after it was typed here: the row shows the stored answer, and the next
  // key is the decision. What was typed stays until then.
  overtaken(item) {
    return Boolean(item && this.refusal(item)?.overtaken);
  }

  open() {
    return [...this.drafts.items.values()].filter((item) => !this.refusal(item));
  }

  flying(item) {
    return Boolean(this.flight?.items.some((sent) => sent.key === item.key));
  }

  forgetEqual() {
    for (const row of this.rows.values()) {
      const item = this.draft(row);
      if (item && !this.flying(item) && this.equal(item.draft, row.server)) this.drafts.drop(item);
    }
  }

  equal(one, other) {
    return ["outcome", "swept", "flags", "note"].every((name) => one[name] === other[name]);
  }

  // Saving: one batch on its way at a time, one sheet per batch

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
    button.click();
    this.tries += 1;
    this.later(Math.min(30000, 1000 * 2 ** this.tries));
  }

  flush(go = null) {
    if (this.flight && go === null) return;
    const open = this.flight ? [] : this.open();
    const first = open.find((item) => this.mine(item)) || open[0];
    const items = open.filter((item) => item.team === first.team && item.day === first.day).slice(0, 100);
    if (!items.length && go === null) return;
    const id = `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
    if (items.length) {
      this.flight = { id, items, go };
      this.patience(PATIENCE);
    }
    this.send("save", {
      id,
      go,
      account: this.data.account,
      team: first ? first.team : this.data.team,
      day: first ? first.day : this.data.day,
      reason: first ? first.draft.reason : null,
      rows: Object.fromEntries(items.map(({ code, draft }) => [code, draft])),
    });
    this.paint();
  }

  // The visitor turns away: what waits for the pause goes at once, with whatever is on its way (sent twice it
  // changes nothing). Without a connection the asking goes on as before.
  hurry() {
    if (this.tries || this.flight?.go || this.open().every((item) => this.flight?.items.includes(item))) return;
    clearTimeout(this.timer);
    this.flight = null;
    this.flush();
  }

  patience(time) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.flight = null;
      this.tries += 1;
      this.later(0);
      this.paint();
      this.tell(this.status().words);
    }, time);
  }

  hear(told) {
    if (!this.flight) return;
    if (!told || told.id !== this.flight.id) {
      this.patience(1500); // the connection is there; if this batch got lost, it need not wait long
      return;
    }
    clearTimeout(this.waiting);
    for (const { key, code, draft } of this.flight.items) {
      const answer = told.rows[code] || { state: "refused" };
      const item = this.drafts.items.get(key);
      if (answer.state !== "saved") {
        this.refusals.set(key, { seq: draft.seq, why: answer.why || this.words.refused, overtaken: answer.overtaken });
        this.tell(answer.why || this.words.refused);
      } else if (item && item.draft.seq === draft.seq) this.drafts.drop(item);
    }
    this.flight = null;
    if (!this.drafts.items.size) this.tell(this.words.all_saved);
  }

  // Answers

  draft(row) {
    return this.drafts.get(this.data.team, this.data.day, row.code);
  }

  shown(row) {
    const item = row.server.why ? null : this.draft(row);
    return item && !this.overtaken(item) ? item.draft : row.server;
  }

  // The version the visitor saw when this answer was begun; rows refreshed under a waiting draft do not move it.
  seen(row) {
    const item = this.draft(row);
    return item && !this.overtaken(item) ? item.draft.version : row.server.version;
  }

  edit(row, change) {
    if (this.put(row, change)) this.paint();
  }

  put(row, change) {
    if (!row || !this.data.editable || row.server.why) return false;
    const { outcome, flags, note } = this.shown(row);
    const next = { outcome, flags, note, version: this.seen(row), swept: false, reason: this.data.reason, ...change };
    const item = this.draft(row);
    if (this.equal(next, row.server) && !(item && this.flying(item))) {
      if (item) this.drafts.drop(item);
    } else {
      this.drafts.put(this.data.team, this.data.day, row.code, next);
      if (!this.tries) this.later(this.open().length >= MANY ? 0 : PAUSE);
    }
    return true;
  }

  answer(row, outcome) {
    this.edit(row, outcome ? { outcome } : { outcome: null, flags: this.shown(row).note ? "g" : "" });
  }

  mark(row, flag) {
    if (flag === "g") return this.openNote(row);
    const chosen = this.shown(row).flags;
    const has = chosen.includes(flag);
    const flags = [...this.data.flags].filter((f) => (f === flag ? !has : chosen.includes(f))).join("");
    this.edit(row, { flags });
  }

  blank() {
    return this.order
      .map((code) => this.rows.get(code))
      .filter((row) => !row.server.why && !this.shown(row).outcome);
  }

  askNormal() {
    if (!this.data.editable) return;
    const blank = this.blank();
    const rows = blank.filter((row) => !this.shown(row).flags);
    if (!rows.length) return;
    const places = { n: rows.length, met: this.words.outcomes.met };
    const flagged = blank.length - rows.length;
    const yes = make("button", { type: "button", class: "primary", text: fill(this.words.normal_yes, places) });
    const no = make("button", { type: "button", text: this.words.cancel });
    const question = make("p", { id: "question", text: fill(this.words.normal_ask, places) });
    if (flagged) question.append(" ", fill(this.words.normal_flagged, { n: flagged }));
    this.parts.ask.setAttribute("aria-labelledby", "question");
    this.parts.ask.replaceChildren(question, make("div", { class: "acts" }, yes, no));
    this.parts.ask.hidden = false;
    yes.addEventListener("click", () => {
      for (const row of rows) if (!this.shown(row).outcome) this.put(row, { outcome: "met", swept: true });
      this.paint();
      this.tell(fill(this.words.normal_done, places));
      this.closeAsk();
    });
    no.addEventListener("click", () => this.closeAsk());
    yes.focus();
  }

  closeAsk() {
    this.parts.ask.hidden = true;
    this.parts.ask.replaceChildren();
    this.move(this.here, true);
  }

  openNote(row) {
    if (!row || !this.data.editable || row.server.why) return;
    this.closeNote(true);
    const input = make("input", {
      type: "text", maxlength: this.data.limit, enterkeyhint: "done", autocomplete: "off",
      "aria-label": `${this.words.note}: ${row.server.name}`, placeholder: this.words.note,
    });
    const item = this.draft(row);
    input.value = (this.overtaken(item) && item.draft.note) || this.shown(row).note;
    const keep = make("button", { type: "button", text: this.words.note_keep });
    this.note = { row, input, version: this.seen(row), box: make("div", { class: "note" }, input, keep) };
    row.element.classList.add("noting");
    keep.addEventListener("click", () => this.closeNote(true, true));
    this.note.box.addEventListener("focusout", (event) => {
      if (this.note && !this.note.box.contains(event.relatedTarget)) this.closeNote(true);
    });
    row.parts.who.append(this.note.box);
    input.focus();
  }

  closeNote(keep, back = false) {
    if (!this.note) return;
    const { row, input, box, version } = this.note;
    this.note = null;
    row.element.classList.remove("noting");
    box.remove();
    const note = input.value.trim();
    const { note: before, flags, outcome, swept } = this.shown(row);
    if (keep && note !== before) {
      const others = flags.replace("g", "");
      this.edit(row, { note, flags: note ? `${others}g` : others, outcome, swept: swept && !note, version });
    }
    if (back) this.move(row.code, true);
  }

  nextTeam() {
    if (!this.data.next) return;
    this.closeNote(true);
    this.flush(this.data.next.id);
  }

  // Keys

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(".note")) return this.noteKey(event);
    if (!this.parts.ask.hidden) {
      if (event.key === "Escape") this.take(event, () => this.closeAsk());
      return;
    }
    const button = event.target.closest?.("button, a");
    if (button && (event.key === "Enter" || event.key === " ")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = this.acts()[event.shiftKey && key === "n" ? "shift+n" : key];
    if (act) this.take(event, act, key);
  }

  take(event, act, key = "") {
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat || key.startsWith("Arrow")) act();
  }

  acts() {
    const row = this.rows.get(this.here);
    const step = (by) => () => this.move(this.order[Math.max(0, this.order.indexOf(this.here) + by)], true);
    const acts = {
      ArrowDown: step(1), ArrowUp: step(-1), Enter: step(1),
      ArrowRight: () => this.aside(1), ArrowLeft: () => this.aside(-1),
      Home: () => this.move(this.order[0], true), End: () => this.move(this.order.at(-1), true),
      "shift+n": () => this.nextTeam(),
    };
    if (!this.data.editable) return acts;
    for (const [key, place] of Object.entries(KEYS))
      acts[key] = () => { this.answer(row, this.data.outcomes[place]); step(1)(); };
    acts["0"] = () => this.answer(row, null);
    for (const flag of this.data.flags) acts[flag] = () => this.mark(row, flag);
    acts.a = () => this.askNormal();
    return acts;
  }

  noteKey(event) {
    if (event.key === "Enter" && event.target.tagName === "INPUT" && !event.isComposing)
      this.take(event, () => this.closeNote(true, true));
    else if (event.key === "Escape") this.take(event, () => this.closeNote(false, true));
    else event.stopPropagation();
  }

  aside(by) {
    const row = this.rows.get(this.here);
    const buttons = [...row.element.querySelectorAll("button")].filter((b) => b.offsetParent);
    const place = buttons.indexOf(this.root.activeElement) + by;
    if (place < 0) row.element.focus();
    else buttons[Math.min(place, buttons.length - 1)]?.focus();
  }

  move(code, focus = false) {
    const row = this.rows.get(code);
    if (!row) return;
    const last = this.rows.get(this.here);
    if (last && last !== row) this.current(last, false);
    this.here = code;
    this.current(row, true);
    if (!focus) return;
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
    if (this.data.editable && (idle || turned) && !matchMedia("(pointer: coarse)").matches) this.move(this.here, true);
  }

  // Drawing: once

  wire(element) {
    this.element = element;
    this.shape = null;
    const find = (name) => element.querySelector(`.${name}`);
    this.parts = {
      table: element.querySelector("table"), sums: find("sums"), fill: find("fill"), status: find("status"),
      words: find("words"), acts: find("acts"), ask: find("ask"), keys: find("keys"), live: find("live"),
      elsewhere: find("elsewhere"),
    };
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("focusin", (event) => {
      const row = event.target.closest("tr[data-code]");
      if (row) this.move(row.dataset.code);
    });
    this.parts.table.addEventListener("click", (event) => this.click(event));
  }

  click(event) {
    const element = event.target.closest("tr[data-code]");
    if (!element || event.target.closest(".note, a")) return;
    const row = this.rows.get(element.dataset.code);
    const button = event.target.closest("button");
    this.move(row.code, !button && !matchMedia("(pointer: coarse)").matches);
    if (!button) return;
    if ("outcome" in button.dataset) this.answer(row, button.dataset.outcome || null);
    else if (button.dataset.flag) this.mark(row, button.dataset.flag);
    else if ("more" in button.dataset)
      button.setAttribute("aria-expanded", String(element.classList.toggle("more")));
  }

  build(here) {
    this.closeNote(true);
    const { words: w, data } = this;
    this.element.classList.toggle("reading", !data.editable);
    this.rows = new Map();
    this.groups = [];
    const head = make("tr", { role: "row" },
      ...[w.household, w.answer, data.editable && w.marks, w.state].filter(Boolean).map((text) => make("th", { scope: "col", role: "columnheader", text })));
    this.parts.table.setAttribute("aria-label", w.table);
    this.parts.table.replaceChildren(make("thead", { role: "rowgroup" }, head));
    for (const server of data.rows) {
      let group = this.groups.at(-1);
      if (group?.member !== server.member) group = this.buildGroup(server);
      const row = this.buildRow(server, this.rows.size + 1);
      group.rows.push(row);
      group.body.append(row.element);
      this.rows.set(server.code, row);
    }
    this.order = data.rows.filter((r) => !r.why).map((r) => r.code);
    if (!this.order.length) this.order = data.rows.map((r) => r.code);
    this.here = this.rows.has(here) ? here : null;
    if (this.here) this.current(this.rows.get(this.here), true);
    this.buildBar();
  }

  buildGroup(server) {
    const cell = make("th", { scope: "rowgroup", role: "rowheader", colspan: this.data.editable ? 4 : 3 });
    const body = make("tbody", { role: "rowgroup" }, make("tr", { role: "row", class: "group" }, cell));
    this.parts.table.append(body);
    const group = { member: server.member, name: server.member_name, body, cell, rows: [] };
    this.groups.push(group);
    return group;
  }

  buildRow(server, number) {
    const name = make("span", { class: "name", text: server.name });
    const sub = make("div", { class: "sub" });
    const telephone = server.phone && make("a", { href: `tel:${server.phone.replace(/ /g, "")}`, text: server.phone, tabindex: -1 });
    const parts = [server.place, telephone, fill(this.words.persons, { n: server.persons }),
      make("span", { text: server.code.split("-").at(-1), title: server.code })].filter(Boolean);
    for (const part of parts) sub.append(make("span", {}, part));
    const marked = make("div", { class: "marked" });
    const why = make("div", { class: "why" });
    const who = make("th", { scope: "row", role: "rowheader", class: "who" },
      make("span", { class: "number", text: `${number}.` }), name, sub, marked, why);
    const answer = make("td", { role: "cell", class: "answer" });
    const marks = this.data.editable && make("td", { role: "cell", class: "marks" });
    const state = make("span", { class: "said" });
    const last = make("td", { role: "cell", class: "state" }, state);
    const element = make("tr", { role: "row", "data-code": server.code, tabindex: -1 }, who, answer, marks, last);
    const row = { code: server.code, server, element, buttons: [], parts: { who, marked, why, answer, state } };
    if (this.data.editable && !server.why) this.buildButtons(row, answer, marks, last);
    else element.classList.add("fixed");
    if (telephone) row.buttons.push(telephone);
    return row;
  }

  buildButtons(row, answer, marks, last) {
    const w = this.words;
    const group = (label) => ({ role: "group", "aria-label": `${label}: ${row.server.name}` });
    const button = (data, key, text, title) => {
      const made = make("button", { type: "button", tabindex: -1, title, "aria-label": title, "aria-pressed": "false", ...data },
        make("kbd", { text: key }), make("span", { text }));
      row.buttons.push(made);
      return made;
    };
    row.outcomes = this.data.outcomes.map((code, place) =>
      button({ "data-outcome": code }, place + 1, w.short[code] || w.outcomes[code], w.outcomes[code]));
    answer.append(make("div", { class: "choices", ...group(w.answer) }, ...row.outcomes));
    row.flags = [...this.data.flags].map((flag) => button({ "data-flag": flag }, flag, w.flags[flag], w.flags[flag]));
    row.clear = button({ "data-outcome": "", "aria-pressed": null, class: "clear" }, "0", w.clear, w.clear);
    marks.append(make("div", { class: "choices", ...group(w.marks) }, ...row.flags, row.clear));
    const more = make("button", { type: "button", tabindex: -1, class: "open", "data-more": true, "aria-expanded": "false",
      "aria-label": w.more, title: w.more, text: "⋯" });
    row.buttons.push(more);
    last.append(more);
  }

  buildBar() {
    const { words: w, data, parts } = this;
    this.sums = {};
    parts.sums.replaceChildren(...["due", "seen", "attempted", "left"].map((name) => {
      this.sums[name] = make("dd");
      return make("div", { class: name }, make("dt", { text: w[name] }), this.sums[name]);
    }));
    this.normal = make("button", { type: "button", class: "primary" }, make("kbd", { text: "A" }), make("span", { text: w.normal }));
    this.normal.addEventListener("click", () => this.askNormal());
    this.next = make("button", { type: "button", class: "next" }, make("kbd", { text: "⇧N" }), make("span", { text: w.next }));
    this.next.addEventListener("click", () => this.nextTeam());
    parts.acts.replaceChildren(this.normal, this.next);
    const key = (letter, text) => make("span", {}, make("kbd", { text: letter }), ` ${text}`);
    parts.keys.replaceChildren(
      ...[...data.flags].map((flag) => key(flag, w.flags[flag])), key("0", w.clear), make("span", { text: w.keys_move }));
    parts.keys.hidden = this.normal.hidden = !data.editable;
  }

  // Drawing: whatever changed

  paint() {
    for (const row of this.rows.values()) this.paintRow(row);
    this.paintBar();
    this.paintElsewhere();
  }

  state(row) {
    const { words: w } = this;
    const item = row.server.why ? null : this.draft(row);
    if (item && this.refusal(item)) return { kind: "refused", text: w.refused, why: this.refusal(item).why };
    if (item) return this.flying(item) ? { kind: "saving", text: w.saving } : { kind: "unsaved", text: w.unsaved };
    if (row.server.why || !(row.server.outcome || row.server.flags)) return { kind: "none", text: "" };
    return { kind: "saved", text: row.server.hour || w.saved, late: row.server.late };
  }

  paintRow(row) {
    const { words: w } = this;
    const shown = this.shown(row);
    const state = this.state(row);
    const look = JSON.stringify([shown.outcome, shown.swept, shown.flags, shown.note, state, row.server.why]);
    if (look === row.look) return;
    row.look = look;
    row.element.dataset.state = state.kind;
    row.element.dataset.answer = shown.outcome || "";
    row.parts.state.replaceChildren(make("span", { text: state.text, title: w[state.kind] }),
      ...[shown.swept && w.swept, state.late && w.late].filter(Boolean).map((text) => make("span", { text })));
    row.parts.why.textContent = row.server.why || state.why || "";
    const marks = [...shown.flags].filter((f) => f !== "g").map((f) => make("b", { text: w.flags[f] }));
    if (shown.note) marks.push(make("q", { text: shown.note }));
    row.parts.marked.replaceChildren(...marks);
    if (!row.outcomes) {
      row.parts.answer.textContent = row.server.why ? "" : shown.outcome ? w.outcomes[shown.outcome] : w.blank;
      return;
    }
    for (const button of row.outcomes) button.setAttribute("aria-pressed", String(button.dataset.outcome === shown.outcome));
    for (const button of row.flags) button.setAttribute("aria-pressed", String(shown.flags.includes(button.dataset.flag)));
    row.clear.disabled = !shown.outcome && !shown.flags.replace("g", "");
  }

  count(rows) {
    const outcomes = rows.filter((row) => !row.server.why).map((row) => this.shown(row).outcome);
    const of = (...kinds) => outcomes.filter((outcome) => kinds.includes(outcome)).length;
    const due = outcomes.length - of("central_quarantine");
    const attempted = of("met", "phone", "absent", "refused");
    return { due, seen: of("met", "phone"), attempted, left: due - attempted };
  }

  paintBar() {
    const { words: w, data, parts } = this;
    const sums = this.count([...this.rows.values()]);
    for (const [name, number] of Object.entries(sums)) this.say(this.sums[name], String(number));
    for (const { cell, name, rows } of this.groups) {
      const { due, left } = this.count(rows);
      this.say(cell, fill(w.group, { name, n: due, left }));
    }
    parts.fill.style.width = `${sums.due ? (100 * sums.attempted) / sums.due : 0}%`;
    this.normal.disabled = !this.blank().some((row) => !this.shown(row).flags);
    this.normal.classList.toggle("primary", sums.left > 0);
    this.next.hidden = !data.next;
    this.next.classList.toggle("primary", sums.left === 0);
    if (data.next) this.next.title = fill(w.next_title, data.next);
    const status = this.status();
    parts.status.dataset.kind = status.kind;
    this.say(parts.words, status.words);
    parts.status.hidden = !status.words;
  }

  status() {
    const { words: w } = this;
    const open = this.open().length;
    const memory = this.drafts.kept ? "" : ` ${w.memory}`;
    if (open && (this.tries || !navigator.onLine)) return { kind: "offline", words: fill(w.offline, { n: open }) + memory };
    if (this.flight) return { kind: "saving", words: w.saving };
    if (open) return { kind: "unsaved", words: fill(w.waiting, { n: open }) + memory };
    if (this.drafts.items.size) return { kind: "refused", words: fill(w.waiting, { n: this.drafts.items.size }) };
    return { kind: "saved", words: this.data.editable ? w.all_saved + memory : "" };
  }

  // Refused answers that have no row on this sheet are not thrown away unseen.
  paintElsewhere() {
    const { words: w } = this;
    const here = (item) => this.mine(item) && this.rows.has(item.code) && !this.rows.get(item.code).server.why;
    const items = [...this.drafts.items.values()].filter((item) => this.refusal(item) && !here(item));
    const look = items.map((item) => item.key + item.draft.seq).join();
    if (look === this.elsewhere) return;
    this.elsewhere = look;
    this.parts.elsewhere.hidden = !items.length;
    const list = items.map((item) => {
      const discard = make("button", { type: "button", text: w.discard });
      discard.addEventListener("click", () => { this.drafts.drop(item); this.paint(); });
      const places = { code: item.code, day: localDay(item.day), answer: w.outcomes[item.draft.outcome] || w.clear, why: this.refusal(item).why };
      return make("li", {}, make("span", { text: fill(w.elsewhere_row, places) }), discard);
    });
    this.parts.elsewhere.replaceChildren(make("h2", { text: w.elsewhere }), make("ul", {}, ...list));
  }

  say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  tell(text) {
    this.parts && this.say(this.parts.live, text);
  }

  // While the sheet is on the page

  awake() {
    if (this.ears) return;
    this.ears = new AbortController();
    const { signal } = this.ears;
    const again = () => this.tries && !document.hidden && this.later(0);
    addEventListener("online", again, { signal });
    addEventListener("offline", () => this.paint(), { signal });
    addEventListener("focus", again, { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.hurry() : again()), { signal });
    addEventListener("pagehide", () => this.hurry(), { signal });
    const here = (event) => event.target === document.body || event.composedPath().includes(this.element);
    const away = (event) => here(event) || this.hurry();
    for (const kind of ["pointerdown", "focusin", "keydown"])
      document.addEventListener(kind, away, { signal, capture: true });
    document.addEventListener("keydown", (event) => {
      if (document.activeElement === document.body && event.target === document.body) this.key(event);
    }, { signal });
    addEventListener("beforeunload", (event) => {
      if (!this.drafts.kept && this.open().length) event.preventDefault();
    }, { signal });
    const watch = new MutationObserver(() => this.dismiss());
    watch.observe(document.body, { childList: true });
    signal.addEventListener("abort", () => watch.disconnect());
  }

  // Streamlit's own window about a lost connection speaks to its developer and takes the keys away; the
  // status line says what a clerk needs to know, and typing goes on.
  dismiss() {
    for (const code of document.querySelectorAll('[data-testid="stErrorCodeBlock"] code'))
      if (code.textContent.startsWith("streamlit run")) code.closest('[role="dialog"]')?.querySelector("button")?.click();
  }

  sleep() {
    this.ears?.abort();
    this.ears = null;
    clearTimeout(this.timer);
    clearTimeout(this.waiting);
    this.flight = null;
  }
}

const sheets = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!sheets.has(parentElement)) sheets.set(parentElement, new Sheet(parentElement));
  return sheets.get(parentElement).run(data, setTriggerValue);
}
