// The big screen. Pages are built from data the server sends anew every few seconds; the elements are made once
// and only their words change, so that nothing grows however long it stands.

import { say } from "../../element.js";

const LOST = 20; // seconds without fresh figures after which it says so
const RELOAD = 60; // and after which it loads itself again as soon as the server answers
const MOST = 12; // rows a page can carry
const STILL = 5; // seconds after which pointer and keys are hidden
const ZONE = 7 * 3600; // Viet Nam; it knows no summer time

const HTML = `
  <header>
    <div><h1></h1><p class="day quiet"></p><p class="lists"></p></div>
    <div class="times"><div class="cutoff"><b></b><p class="quiet"></p></div><div class="clock"></div></div>
  </header>
  <main>
    <div class="figures">
      <div><p class="label quiet" data-word="coverage"></p><b class="large"></b><p class="below seen"></p></div>
      <div><p class="label quiet" data-word="on_time"></p><b class="middle"></b><p class="below attempted"></p></div>
    </div>
    <div class="ranks"><ol></ol><p class="legend quiet"><span class="since"></span><span class="target"></span></p></div>
  </main>
  <footer>
    <p class="news"><b></b></p>
    <p class="lost" role="status" hidden></p>
    <div class="foot">
      <div class="keys">
        <button data-key="ArrowLeft" data-word="back"></button><button data-key=" " data-word="pause"></button>
        <button data-key="ArrowRight" data-word="next"></button><button data-key="f" data-word="full"></button>
        <button data-key="Escape" data-word="leave"></button>
      </div>
      <span class="practice"></span><span class="where quiet"></span>
    </div>
    <div class="progress"><i></i></div>
  </footer>`;

const ROW = `<span class="rank"></span><span class="arrow"></span><span class="name"></span>
  <span class="bar" aria-hidden="true"><i></i><u></u></span><span class="value"></span>`;

const two = (number) => String(number).padStart(2, "0");
const hour = (seconds) => `${two(Math.floor((seconds + ZONE) / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}`;
const filled = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (_all, name) => places[name]);

// Areas with more rows than fit are shown on several pages of about the same length.
const pagesOf = (areas) =>
  areas.flatMap((area) => {
    const parts = Math.max(1, Math.ceil(area.rows.length / MOST));
    const length = Math.ceil(area.rows.length / parts);
    return Array.from({ length: parts }, (_none, part) => ({
      ...area, id: `${area.code}/${part}`, rows: area.rows.slice(part * length, (part + 1) * length),
    }));
  });

class BigScreen {
  constructor(root) {
    this.element = document.createElement("div");
    this.element.className = "big-screen";
    this.element.innerHTML = HTML;
    this.element.setAttribute("popover", "manual"); // above everything, whatever stands around it
    root.append(this.element);
    this.raise();
    this.ears = new AbortController();
    const { signal } = this.ears;
    document.addEventListener("keydown", (event) => this.key(event), { signal, capture: true });
    for (const kind of ["pointermove", "pointerdown", "keydown"]) document.addEventListener(kind, () => this.stir(), { signal });
    this.element.addEventListener("click", (event) => this.press(event.target.closest("button")?.dataset.key), { signal });
    this.find(".progress i").addEventListener("animationend", () => this.turn(1), { signal });
    document.addEventListener("visibilitychange", () => this.stayAwake(), { signal });
    document.addEventListener("fullscreenchange", () => this.raise(), { signal });
    this.stayAwake();
    this.stir();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  // Above all the page has, a window that has just become full included.
  raise() {
    if (!this.element.showPopover) return;
    if (this.element.matches(":popover-open")) this.element.hidePopover();
    this.element.showPopover();
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  // Fresh figures

  take(data) {
    this.heard = performance.now() / 1000;
    const at = this.pages ? this.pages[this.at]?.id : null;
    this.data = data;
    this.pages = pagesOf(data.pages);
    this.at = Math.max(0, this.pages.findIndex((page) => page.id === at));
    this.element.setAttribute("role", "region");
    this.element.setAttribute("aria-label", data.words.region);
    this.element.style.setProperty("--turn", `${data.turn}s`);
    for (const each of this.element.querySelectorAll("[data-word]")) say(each, data.words[each.dataset.word]);
    say(this.find(".practice"), data.practice);
    say(this.find(".day"), data.day);
    this.find(".progress").hidden = this.pages.length < 2;
    this.paint();
    this.tick();
    if (!this.begun) this.turn(0);
    this.begun = true;
  }

  // One page

  paint() {
    const [page, words] = [this.pages[this.at], this.data.words];
    say(this.find("h1"), page.title);
    say(this.find(".large"), page.coverage);
    this.find(".large").classList.toggle("word", page.silent);
    say(this.find(".lists"), page.lists);
    this.find(".lists").classList.toggle("short", page.short);
    say(this.find(".seen"), page.seen);
    say(this.find(".middle"), page.on_time);
    say(this.find(".attempted"), page.attempted);
    say(this.find(".since"), page.since);
    this.where();
    const list = this.find("ol");
    this.fit(list, page.rows.length, "li", ROW);
    page.rows.forEach((row, place) => this.row(list.children[place], row));
    say(this.find(".legend .target"), page.rows.some((row) => row.share !== null) ? `│ ${words.target}` : "");
    const news = this.find(".news");
    say(news.firstElementChild, page.moved);
    news.firstElementChild.classList.toggle("nothing", !page.fresh.length);
    this.fit(news, page.fresh.length + 1, "span", "<span></span><time></time>", "one");
    page.fresh.forEach(([name, when], place) => {
      say(news.children[place + 1].firstElementChild, name);
      say(news.children[place + 1].lastElementChild, when);
    });
  }

  where() {
    const paused = this.element.classList.contains("paused") ? [this.data.words.paused] : [];
    const page = this.pages.length > 1 ? [`${this.at + 1} / ${this.pages.length}`] : [];
    say(this.find(".where"), [...paused, ...page].join(" · "));
  }

  // As many children as are needed: made once, hidden when there is less to show.
  fit(parent, count, tag, html, name = "") {
    while (parent.children.length < count) {
      const made = document.createElement(tag);
      made.className = name;
      made.innerHTML = html;
      parent.append(made);
    }
    [...parent.children].forEach((child, place) => (child.hidden = place >= count));
  }

  row(line, row) {
    const [rank, arrow, name, bar, value] = line.children;
    say(rank, row.rank);
    say(arrow, row.arrow);
    arrow.classList.toggle("up", row.arrow.startsWith("▲"));
    arrow.setAttribute("aria-label", row.told);
    say(name, row.name);
    say(value, row.said);
    line.classList.toggle("silent", row.share === null);
    bar.firstElementChild.style.width = `${(row.share || 0) * 100}%`;
    bar.lastElementChild.style.left = `${this.data.target * 100}%`;
  }

  turn(by) {
    this.at = (this.at + by + this.pages.length) % this.pages.length;
    this.paint();
    const bar = this.find(".progress i");
    bar.classList.remove("runs");
    void bar.offsetWidth; // the animation begins anew
    bar.classList.add("runs");
  }

  // Every second: the clock, the time left, whether the server is still heard

  tick() {
    const [quiet, words] = [performance.now() / 1000 - this.heard, this.data.words];
    const now = this.data.now + quiet;
    say(this.find(".clock"), hour(now));
    const left = Math.ceil((this.data.cutoff - now) / 60);
    const places = { hours: Math.floor(left / 60), minutes: left < 60 ? left : two(left % 60) };
    say(this.find(".cutoff b"), left > 0 ? filled(left < 60 ? words.minutes : words.hours, places) : words.past);
    say(this.find(".cutoff p"), left > 0 ? words.until : words.frozen);
    const lost = quiet > LOST;
    if (lost) say(this.find(".lost"), filled(words.lost, { hour: hour(this.data.now) }));
    this.find(".lost").hidden = !lost;
    this.find(".news").hidden = lost;
    if (quiet > RELOAD && Math.floor(quiet) % 15 === 0) this.comeBack();
    if (performance.now() / 1000 - this.stirred > STILL) this.element.classList.add("idle");
  }

  // Never on the chance: a page that cannot be loaded would stay until somebody comes.
  async comeBack() {
    const answer = await fetch("_stcore/health", { cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
  }

  // Keys and pointer

  stir() {
    this.stirred = performance.now() / 1000;
    this.element.classList.remove("idle");
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const button = event.composedPath()[0].tagName === "BUTTON" && [" ", "Enter"].includes(event.key);
    if (button || !this.press(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  press(key) {
    if (key === " ") this.pause();
    else if (key === "ArrowRight" || key === "PageDown") this.turn(1);
    else if (key === "ArrowLeft" || key === "PageUp") this.turn(-1);
    else if (key === "f" || key === "F") this.full();
    else if (key === "Escape") this.leave();
    else return false;
    return true;
  }

  pause() {
    const paused = this.element.classList.toggle("paused");
    const button = this.find("[data-key=' ']");
    button.dataset.word = paused ? "go_on" : "pause";
    say(button, this.data.words[button.dataset.word]);
    this.where();
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  // To the board of the area shown, by a fresh load.
  leave() {
    location.assign(`${location.pathname}?area=${this.pages[this.at].code}`);
  }

  // The television's computer shall not fall asleep; where this is not possible its own settings decide.
  async stayAwake() {
    if (document.hidden) return;
    this.lock = await navigator.wakeLock?.request("screen").catch(() => null);
    if (this.ears.signal.aborted) this.lock?.release();
  }

  end() {
    this.ears.abort();
    clearInterval(this.timer);
    this.lock?.release();
    this.element.remove();
  }
}

const screens = new WeakMap();

export default function ({ data, parentElement: root }) {
  if (!screens.has(root)) screens.set(root, new BigScreen(root));
  const screen = screens.get(root);
  screen.take(data);
  const heard = screen.heard;
  // Called before fresh figures come as well as when the screen is gone; only the latter is the end.
  return () =>
    setTimeout(() => {
      if (screen.heard !== heard) return;
      screen.end();
      screens.delete(root);
    });
}
