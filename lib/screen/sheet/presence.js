// While the sheet is on the page: it listens, sends what waits when the visitor turns away, and asks for others'
// rows when nobody is typing. A hidden window stays quiet.

import { fill, thumbs } from "./make.js";

const LOOK = 12000;
const LOOK_SELDOM = 60000; // nobody has touched the sheet for a while
const A_WHILE = 300000;
const NEWS = 20000; // so long a row is marked as just arrived

export class Presence {
  constructor(sheet) {
    this.sheet = sheet;
    this.touched = Date.now();
  }

  awake() {
    this.lookLater();
    if (this.ears) return;
    this.ears = new AbortController();
    const { signal } = this.ears;
    this.hearConnection(signal);
    this.hearVisitor(signal);
    const watch = new MutationObserver(() => this.dismiss());
    watch.observe(document.body, { childList: true });
    signal.addEventListener("abort", () => watch.disconnect());
    this.dismiss();
  }

  hearConnection(signal) {
    const { post } = this.sheet;
    const again = () => post.tries && !document.hidden && post.later(0);
    addEventListener("online", again, { signal });
    addEventListener("offline", () => this.sheet.paint(), { signal });
    addEventListener("focus", again, { signal });
    addEventListener("pagehide", () => post.hurry(), { signal });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return post.hurry();
      again();
      this.lookNow();
    }, { signal });
    addEventListener("beforeunload", (event) => {
      if ((!this.sheet.drafts.kept && post.open().length) || this.sheet.turn.keys.length) event.preventDefault();
    }, { signal });
  }

  hearVisitor(signal) {
    const { sheet } = this;
    const here = (event) => event.target === document.body || event.composedPath().includes(sheet.element);
    document.addEventListener("keydown", (event) => {
      sheet.controls.look();
      sheet.turn.takes(event);
    }, { signal, capture: true });
    sheet.controls.listen(signal);
    for (const kind of ["pointerdown", "focusin", "keydown"])
      document.addEventListener(kind, (event) => {
        this.touched = Date.now();
        if (!here(event)) sheet.post.hurry();
      }, { signal, capture: true });
    document.addEventListener("keydown", (event) => {
      const nowhere = document.activeElement === document.body && event.target === document.body;
      if (nowhere || this.lost().some((window) => window.contains(event.target))) sheet.keys.press(event);
    }, { signal, capture: true });
  }

  // Rows of others

  lookLater() {
    clearTimeout(this.looking);
    const often = Date.now() - this.touched < A_WHILE;
    this.looking = setTimeout(() => this.lookNow(), often ? LOOK : LOOK_SELDOM);
  }

  lookNow() {
    if (!this.ears) return;
    if (this.quiet()) this.sheet.post.look();
    this.lookLater();
  }

  // Only where a run disturbs nobody: nothing waits to be saved, no box is open, and the visitor does not type
  // into a field of the page above the sheet.
  quiet() {
    const { sheet } = this;
    const typing = document.activeElement?.matches?.("input:not([type=checkbox], [type=radio]), textarea");
    return !document.hidden && navigator.onLine && !typing && !sheet.boxed && !sheet.ask.open && !sheet.help.isOpen
      && !sheet.turn.waiting && !sheet.post.tries && !sheet.post.flight && !sheet.post.open().length;
  }

  // Which rows somebody else wrote since the last run.
  news(rows) {
    if (!rows.length) return;
    for (const row of rows) row.arrived = true;
    this.sheet.tell(fill(this.sheet.words.arrived_n, { n: rows.length }));
    setTimeout(() => {
      for (const row of rows) row.arrived = false;
      if (this.ears) this.sheet.paint();
    }, NEWS);
  }

  // Streamlit's own window about a lost connection speaks to its developer and takes the keys away; the
  // status line says what a clerk needs to know, and typing goes on.
  dismiss(more = 20) {
    if (!this.ears) return;
    const lost = this.lost();
    for (const window of lost) window.querySelector("button")?.click();
    if (lost.length) setTimeout(() => this.takeKeys(), 300); // it is gone by then
    clearTimeout(this.dismissing); // its words may come long after its frame, and a click too early closes nothing
    if (more) this.dismissing = setTimeout(() => this.dismiss(more - 1), 300);
  }

  lost() {
    return [...document.querySelectorAll('[data-testid="stErrorCodeBlock"] code')]
      .filter((code) => code.textContent.startsWith("streamlit run"))
      .map((code) => code.closest('[role="dialog"]'))
      .filter(Boolean);
  }

  takeKeys() {
    const { sheet } = this;
    if (this.ears && document.activeElement === document.body && !sheet.boxed && !thumbs()) sheet.move(sheet.here, true);
  }

  sleep() {
    this.ears?.abort();
    this.ears = null;
    clearTimeout(this.looking);
    clearTimeout(this.dismissing);
  }
}
