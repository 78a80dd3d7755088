// Asks every few seconds whether anything was written, and lets the part of the page around it run again only then.

const MINUTE = 60000; // after this in any case: some words follow the clock
const pulses = new WeakMap();

class Pulse {
  constructor(element) {
    (element.host ?? element).closest('[data-testid="stElementContainer"]')?.style.setProperty("display", "none");
    this.ears = new AbortController();
    document.addEventListener("visibilitychange", () => this.beat(), { signal: this.ears.signal });
  }

  hear({ seen, every }, run) {
    if (seen !== this.seen || !this.ran) this.ran = Date.now();
    Object.assign(this, { seen, run });
    this.timer ??= setInterval(() => this.beat(), every);
  }

  async beat() {
    if (document.hidden || this.asking) return;
    this.asking = true;
    if (Date.now() - this.ran >= MINUTE || (await this.moved())) this.again();
    this.asking = false;
  }

  // Without a connection nothing has moved: the page says itself that it is gone. A session that ended has to be told.
  async moved() {
    const answer = await fetch("/changes").catch(() => null);
    if (!answer || answer.status >= 500) return false;
    return !answer.ok || Number(await answer.text()) !== this.seen;
  }

  again() {
    this.ran = Date.now();
    this.run("moved", this.ran);
  }

  stop() {
    clearInterval(this.timer);
    this.ears.abort();
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!pulses.has(parentElement)) pulses.set(parentElement, new Pulse(parentElement));
  const pulse = pulses.get(parentElement);
  pulse.hear(data, setTriggerValue);
  return () => {
    pulse.stop();
    pulses.delete(parentElement);
  };
}
