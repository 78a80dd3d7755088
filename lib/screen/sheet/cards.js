// One household per card, filling a telephone: the same rows, drafts and panels as the list, for thumbs. Offered
// where there is no room for the table or where fingers point; which view was chosen is kept in the browser.

import { Card, LastCard } from "./card.js";
import { fill, make } from "./make.js";
import { Panel } from "./panel.js";

const VIEW = "tungnha:view";
const WIDE = 760; // as the list's own change of shape in sheet.css
const DOUBLE = 350; // a second tap this soon was meant for the card before
const HINT = 6000;
const SWIPE = 60;

export class Cards {
  constructor(sheet) {
    this.sheet = sheet;
    this.at = null; // the household at hand; null is the end
    this.turned = 0;
    try {
      this.wanted = localStorage.getItem(VIEW) === "cards";
    } catch {
      this.wanted = false;
    }
  }

  // The list was built anew: other households, another language, or the first time.
  build() {
    this.card = null;
    this.shows = undefined;
    this.at = this.sheet.here ?? this.first();
    this.wire();
    this.fit();
  }

  wire() {
    const { sheet } = this;
    const w = (this.words = sheet.words.card);
    this.element = sheet.element;
    this.view?.remove();
    this.switch?.remove();
    const view = (name, text) => make("button", { type: "button", "data-view": name, text });
    this.switch = make("div", { class: "views", role: "group", "aria-label": w.views }, view("list", w.list), view("cards", w.cards));
    this.switch.addEventListener("click", (event) => this.choose(event.target.closest("button")?.dataset.view));
    sheet.parts.status.after(this.switch);
    this.place = make("div", { class: "place" });
    this.undone = make("div", { class: "undone", hidden: true });
    this.back = this.button("back", `‹ ${w.back}`, () => this.turn(-1));
    this.on = this.button("on", `${w.on} ›`, () => this.turn(1));
    this.view = make("section", { class: "cards", "aria-label": w.cards, hidden: true }, this.place, this.undone,
      make("nav", { class: "turns", "aria-label": w.cards }, this.back, this.on));
    this.element.append(this.view);
    this.swipes();
    this.watch?.disconnect();
    this.watch = new ResizeObserver(() => requestAnimationFrame(() => this.fit()));
    this.watch.observe(this.element);
    this.watch.observe(this.element.querySelector(".bar"));
  }

  button(kind, text, act) {
    const button = make("button", { type: "button", class: kind }, make("span", { text }));
    button.addEventListener("click", act);
    return button;
  }

  // Which view

  get narrow() {
    return this.element.clientWidth <= WIDE || matchMedia("(pointer: coarse)").matches;
  }

  fit() {
    const offered = this.narrow;
    const shows = offered && this.wanted;
    this.switch.hidden = !offered;
    for (const button of this.switch.children) button.setAttribute("aria-pressed", String((button.dataset.view === "cards") === shows));
    this.element.classList.toggle("by-card", shows);
    this.element.style.setProperty("--bar", `${this.element.querySelector(".bar").offsetHeight}px`);
    if (shows === this.shows) return;
    this.sheet.shut(true);
    this.shows = shows;
    this.view.hidden = !shows;
    if (!shows) return;
    this.paint();
    this.fill();
  }

  choose(view) {
    if (!view) return;
    this.wanted = view === "cards";
    try {
      localStorage.setItem(VIEW, view);
    } catch {
      // it lasts as long as the page
    }
    if (this.wanted) this.at = this.left().includes(this.sheet.here) ? this.sheet.here : this.first();
    this.fit();
    if (!this.shows) this.sheet.move(this.at ?? this.sheet.order[0], true);
  }

  // The whole screen is the card's; what stands above the sheet is one pull away.
  fill() {
    requestAnimationFrame(() => this.element.scrollIntoView({ block: "start" }));
  }

  // Which card

  left() {
    const { sheet } = this;
    return sheet.data.editable ? sheet.blank().map((row) => row.code) : [];
  }

  first() {
    const { order, data } = this.sheet;
    return this.left()[0] ?? (data.editable && order.some((code) => !this.sheet.rows.get(code).server.why) ? null : order[0]);
  }

  get row() {
    return this.sheet.rows.get(this.at);
  }

  turn(by) {
    const { order } = this.sheet;
    const place = this.at === null ? order.length : order.indexOf(this.at);
    this.go(order[Math.max(0, place + by)] ?? null, by);
  }

  go(code, by = 1) {
    if (code === this.at) return;
    this.at = code;
    this.turned = Date.now();
    this.view.dataset.way = by < 0 ? "back" : "on";
    if (code) this.sheet.move(code);
    this.paint();
    this.card?.element.focus({ preventScroll: true });
  }

  // At the end no household is at hand, for the keys neither.
  rest() {
    const { sheet } = this;
    const last = sheet.rows.get(sheet.here);
    if (last) sheet.current(last, false);
    sheet.here = null;
  }

  // Answered: on to the next one left behind this, then to those before it, then to the end.
  forward() {
    const { order } = this.sheet;
    const left = this.left().filter((code) => code !== this.at);
    const place = order.indexOf(this.at);
    this.go(left.find((code) => order.indexOf(code) > place) ?? left[0] ?? null);
  }

  answer(outcome) {
    const { sheet, row } = this;
    if (Date.now() - this.turned < DOUBLE) return;
    if (sheet.conflict.first(row)) return;
    const before = sheet.shown(row).outcome;
    const on = () => {
      const { outcome: now } = sheet.shown(row);
      if (before !== now) this.hint(row, sheet.words.outcomes[now]);
      this.forward();
    };
    if (before === outcome || sheet.answer(row, outcome, on)) on();
  }

  mark(flag) {
    const { sheet, row } = this;
    if (flag !== "g") return sheet.mark(row, flag);
    if (sheet.conflict.first(row)) return;
    sheet.shut(true);
    sheet.box(new Panel(sheet, row, "g"));
  }

  // A slip of the thumb is taken back here for a few seconds, and with the bar's arrow later.
  hint(row, answer) {
    clearTimeout(this.timer);
    const undo = this.button("undo", this.words.undo, () => {
      this.undone.hidden = true;
      this.sheet.undo.step(true);
      this.go(row.code, -1);
    });
    this.undone.replaceChildren(make("span", { text: fill(this.words.noted, { name: row.server.name, answer }) }), undo);
    this.undone.hidden = false;
    this.timer = setTimeout(() => (this.undone.hidden = true), HINT);
  }

  swipes() {
    let from = null;
    this.view.addEventListener("touchstart", ({ touches: [one, other] }) => (from = other ? null : [one.clientX, one.clientY]), { passive: true });
    this.view.addEventListener("touchend", (event) => {
      if (!from || event.composedPath().some((part) => part.localName === "dialog")) return;
      const { clientX, clientY } = event.changedTouches[0];
      const [across, down] = [clientX - from[0], clientY - from[1]];
      if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) this.turn(across < 0 ? 1 : -1);
      from = null;
    }, { passive: true });
  }

  // Keys move the sheet's own place; the card follows.
  follow(code) {
    if (this.shows && code !== this.at && this.sheet.rows.has(code)) this.go(code);
  }

  // Drawing

  paint() {
    if (!this.shows) return;
    const { order } = this.sheet;
    if (this.at && !this.row) this.at = this.first();
    if (this.at === null) this.rest();
    if (!this.card || this.card.code !== this.at || this.card.row !== this.row) {
      this.card = this.row ? new Card(this, this.row) : new LastCard(this);
      this.place.replaceChildren(this.card.element);
    }
    this.card.paint();
    this.back.disabled = order.indexOf(this.at) === 0;
    this.on.disabled = this.at === null;
  }

  // Where there is no room beneath a row, a panel rises from below, over card and list alike.
  holds(panel) {
    if (!this.narrow) return null;
    const cover = make("dialog", { class: "rising", "aria-label": panel.box.getAttribute("aria-label") }, panel.box);
    cover.addEventListener("cancel", (event) => {
      event.preventDefault();
      panel.close(false, true);
    });
    this.element.append(cover);
    cover.showModal();
    const lift = () => {
      const { height, offsetTop } = window.visualViewport;
      cover.style.bottom = `${Math.max(0, innerHeight - height - offsetTop)}px`;
      cover.style.maxHeight = `${height - 8}px`;
    };
    for (const kind of ["resize", "scroll"]) window.visualViewport?.addEventListener(kind, lift, { signal: panel.ears.signal });
    return cover;
  }
}
