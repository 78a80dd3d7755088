// Puts our words in the place of Streamlit's English ones as they appear. Our own parts stand behind shadow roots,
// where nothing is looked at; neither are words that people typed.

const SPOKEN = ["aria-label", "title", "placeholder", "alt", "aria-roledescription"];
const LABELLED = SPOKEN.map((name) => `[${name}]`).join();
const WORDED = '[data-testid="stSkipToContent"], [role="dialog"], [role="option"], [data-testid="stStatusWidget"], ' +
  '[data-testid="stConnectionStatus"], [data-live-announcer]';
const BROKEN = /^(BidiComponent Error|Network issue)/;
const AGAIN = 300000; // so long after a page loaded itself again it does not do so a second time

let exact = new Map(); // our words by Streamlit's
let built = []; // the same of sentences with a place for a name: how each is built, and ours

const escaped = (words) => words.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
const learn = (words) => {
  exact = new Map(Object.entries(words));
  built = [...exact]
    .filter(([known]) => known.includes("{name}"))
    .map(([known, ours]) => [new RegExp(`^${escaped(known).replace("{name}", "(.+)")}$`, "s"), ours]);
};

const said = (words) => {
  if (exact.has(words)) return exact.get(words);
  const [like, ours] = built.find(([pattern]) => pattern.test(words)) ?? [];
  return like && ours.replace("{name}", () => said(like.exec(words)[1]) ?? like.exec(words)[1]);
};

// The picture beside a word is not read aloud; the drawing of a chart has its figures in the table below it.
const hush = (element) => {
  if (element.matches("g[aria-roledescription]")) element.ownerSVGElement.setAttribute("aria-hidden", "true");
  if (element.matches('[role="img"][aria-label$=" icon"]')) element.setAttribute("aria-hidden", "true");
};

const label = (element) => {
  for (const name of SPOKEN) {
    const ours = element.hasAttribute(name) && said(element.getAttribute(name));
    if (ours) element.setAttribute(name, ours);
  }
  hush(element);
};

const word = (element) => {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const ours = said(texts.currentNode.data.trim());
    if (ours) texts.currentNode.data = ours;
  }
};

// A part that belongs to another version than the page: fetched anew, all of it fits together.
const mend = (element) => {
  if (!BROKEN.test(element.textContent)) return;
  try {
    if (Date.now() - Number(sessionStorage.getItem("tungnha:again")) < AGAIN) return;
    sessionStorage.setItem("tungnha:again", Date.now());
  } catch {
    return; // it could not be told whether this was done already
  }
  location.reload();
};

const meet = (element) => {
  for (const each of [element, ...element.querySelectorAll('[role="alert"]')]) if (each.matches('[role="alert"]')) mend(each);
  if (!exact.size) return;
  if (element.matches(LABELLED)) label(element);
  element.querySelectorAll(LABELLED).forEach(label);
  const around = element.closest(WORDED);
  if (around) word(element);
  else element.querySelectorAll(WORDED).forEach(word);
};

// `words`: ours by Streamlit's, none where the page is to stay in its language.
export const speak = (words) => {
  learn(words);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") label(target);
      else if (type === "characterData") target.parentElement?.closest(WORDED) && word(target.parentElement);
      else for (const node of addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE) meet(node);
        else if (exact.size && target.closest?.(WORDED)) word(target);
      }
    }
  }).observe(document.documentElement, {
    childList: true, subtree: true, ...(exact.size ? { attributeFilter: SPOKEN, characterData: true } : {}),
  });
  meet(document.documentElement);
};
