// Drafts of one account, written through to the browser's store, for three days at most (see `forgotten`). Where the
// browser keeps nothing, or is full, they live as long as the page.

const unkept = new Map();

export class Drafts {
  constructor(account) {
    this.prefix = `tungnha:sheet:${account}:`;
    this.items = new Map();
    this.works = true;
    this.number = 0;
    try {
      localStorage.setItem(this.prefix, "");
      localStorage.removeItem(this.prefix);
    } catch {
      this.works = false;
    }
    try {
      for (const key of Object.keys(localStorage)) this.read(key, localStorage.getItem(key));
    } catch {
      this.works = false; // a private window may refuse even to look
    }
    for (const [key, text] of unkept) this.read(key, text);
  }

  get kept() {
    return this.works && ![...unkept.keys()].some((key) => this.items.has(key));
  }

  read(key, text) {
    if (!key.startsWith(this.prefix)) return;
    const [team, day, ...code] = key.slice(this.prefix.length).split(":");
    try {
      this.items.set(key, { key, team: Number(team), day, code: code.join(":"), draft: this.sound(JSON.parse(text), Number(team), day) });
    } catch {
      this.forget(key);
    }
  }

  // A draft of an older form of this script, or one that was tampered with, must not stop the sheet.
  sound(draft, team, day) {
    const list = (name) => (Array.isArray(draft[name]) ? draft[name] : []);
    const text = (name) => String(draft[name] ?? "");
    return {
      team, day, ...draft, outcome: draft.outcome ?? null, swept: draft.swept === true, flags: text("flags"), note: text("note"),
      channel: draft.channel === "paper" ? "paper" : null, needs: list("needs"), violations: list("violations"),
      people: list("people").filter((p) => p && typeof p === "object"), sent: list("sent"),
    };
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
    this.write(key, JSON.stringify(item.draft));
    return item;
  }

  // A full store: the older answer goes first, so that it cannot come back in place of this one.
  write(key, text) {
    try {
      localStorage.setItem(key, text);
      unkept.delete(key);
    } catch {
      unkept.set(key, text);
      this.forget(key);
      this.retry(key);
    }
  }

  retry(...keys) {
    try {
      for (const key of keys) {
        localStorage.setItem(key, unkept.get(key));
        unkept.delete(key);
      }
    } catch {
      // still full; the status line says so
    }
  }

  // Another window of the same account may have put a newer answer in its place.
  drop(item) {
    this.items.delete(item.key);
    unkept.delete(item.key);
    try {
      const text = localStorage.getItem(item.key);
      if (text && JSON.parse(text).seq === item.draft.seq) localStorage.removeItem(item.key);
    } catch {
      this.forget(item.key);
    }
    if (this.works && unkept.size) this.retry(...unkept.keys());
  }

  forget(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      this.works = false;
    }
  }
}
