// Drafts of the sheet and panels left open, in this browser's store: `tungnha:sheet:<account>:…` and
// `tungnha:panel:<account>:…`. Both say when they were written.

const DAYS = 3 * 86400000;
const OFTEN = 3600000;
const KINDS = ["tungnha:sheet:", "tungnha:panel:"];

const EARLIEST = Date.UTC(2020); // what says less says nothing, nor does an hour to come, of a clock that ran ahead

const written = (kept) => {
  const at = Number(kept?.at ?? String(kept?.seq ?? "").split(".")[0]);
  return at > EARLIEST && at < Date.now() + OFTEN ? at : 0;
};

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

const each = (of) => {
  try {
    for (const key of Object.keys(localStorage)) if (KINDS.some((kind) => key.startsWith(kind))) of(key, read(key));
  } catch {
    // this browser keeps nothing
  }
};

// What does not say when it was written is of an older version: its three days begin now.
const age = () => each((key, kept) => {
  const at = written(kept);
  if (!kept || Date.now() - at > DAYS && at) localStorage.removeItem(key);
  else if (!at) localStorage.setItem(key, JSON.stringify({ ...kept, at: Date.now() }));
});

// A panel that was opened and not written in holds only what is saved already.
const leave = (account) => each((key, kept) => {
  if (key.startsWith(`tungnha:panel:${account}:`) && !kept?.touched) localStorage.removeItem(key);
});

age();
setInterval(age, OFTEN);
document.addEventListener("tungnha:out", (event) => leave(event.detail));
