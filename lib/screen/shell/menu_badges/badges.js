// Numbers beside the names of the menu, and beside the button that opens it. Streamlit draws the menu; what it draws anew
// gets its number again.

const LINKS = '[data-testid="stSidebarNavLink"]';
const OPENER = '[data-testid="stExpandSidebarButton"]';
const HIDDEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
const SEEN = "flex:none;font-size:.93em;font-weight:600;white-space:nowrap";

const span = (text, style, hidden) => {
  const made = document.createElement("span");
  made.style.cssText = style;
  made.textContent = text;
  if (hidden) made.setAttribute("aria-hidden", "true");
  return made;
};

const sum = (kinds) => Object.values(kinds).reduce((all, n) => all + n, 0);

const mark = (element, n, told) => {
  const old = element.querySelector(":scope > .waits");
  const news = n ? `${n} ${told}` : "";
  if ((old?.dataset.news ?? "") === news) return;
  old?.remove();
  if (!n) return;
  const badge = document.createElement("span");
  badge.className = "waits";
  badge.dataset.news = news;
  badge.append(span(`(${n})`, SEEN, true), span(`, ${told}`, HIDDEN));
  element.append(badge);
};

class Badges {
  // What the page says of itself; without it (at the sign-in, on the big screen) nothing is done.
  look() {
    const told = document.querySelector(".menu-badges")?.dataset.told ?? null;
    if (told !== this.heard) this.hear(told && JSON.parse(told));
    this.heard = told;
    this.paint();
    this.address();
  }

  hear(data) {
    const newer = !this.data || !data || data.seen >= this.data.seen || data.role !== this.data.role;
    this.data = newer ? data : { ...this.data, room: data.room, as: data.as };
    if (data) this.timer ??= setInterval(() => this.beat(), data.every);
  }

  soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.look();
    });
  }

  told(kinds) {
    return Object.entries(kinds)
      .map(([kind, n]) => this.data.words[kind][n === 1 ? 0 : 1].replace("{n}", n))
      .join(", ");
  }

  paint() {
    const rooms = this.data?.rooms;
    if (!rooms) return;
    for (const link of document.querySelectorAll(LINKS)) {
      const kinds = rooms[new URL(link.href).pathname.split("/").pop()] ?? {};
      mark(link, sum(kinds), this.told(kinds));
    }
    this.whole(Object.values(rooms));
  }

  // Beside the button that opens the menu, while there is one: it bears a name of its own, which stays whole.
  whole(rooms) {
    const around = document.querySelector(OPENER)?.parentElement;
    for (const old of document.querySelectorAll(".waits-whole > .waits")) if (old.parentElement !== around) old.remove();
    if (!around) return;
    around.classList.add("waits-whole");
    mark(around, rooms.reduce((n, kinds) => n + sum(kinds), 0), rooms.map((kinds) => this.told(kinds)).join(", "));
  }

  // Which role the page is of; the browser's history gets no further entry by it.
  address() {
    const { as, room } = this.data ?? {};
    const here = location.pathname.split("/").pop();
    if (!as || here !== room || new URLSearchParams(location.search).has("as")) return;
    const query = `${location.search || "?"}${location.search ? "&" : ""}as=${encodeURIComponent(as)}`;
    history.replaceState(history.state, "", location.pathname + query + location.hash);
  }

  async beat() {
    this.address();
    if (document.hidden || this.asking || !this.data) return;
    this.asking = true;
    const asked = this.data;
    const answer = await fetch(`/waiting?role=${asked.role}&seen=${asked.seen}`).catch(() => null);
    const news = answer?.status === 200 ? await answer.json().catch(() => null) : null;
    if (news && this.data === asked) {
      Object.assign(asked, news);
      this.paint();
    }
    this.asking = false;
  }
}

const badges = new Badges();
new MutationObserver(() => badges.soon()).observe(document.documentElement, {
  childList: true, subtree: true, attributeFilter: ["data-told"],
});
badges.look();
