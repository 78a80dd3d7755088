// Small things every part of the day's sheet uses.

export const fill = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
export const localDay = (day) => day.split("-").reverse().join("/");

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

let last = 0; // elements named so far; a name stands for one of them as long as the page is there

export const newId = (kind) => `${kind}-${(last += 1)}`;

// Whether fingers point here, for whom the keyboard is in the way.
export const thumbs = () => matchMedia("(pointer: coarse)").matches;

// The letter meant by a key. Vietnamese typing (Telex, VNI, a layout with ă â ê ô on the digits) puts other
// characters on the keys; where the character is none of ours, the place of the key decides.
export function letter(event) {
  if (event.key.length === 1 && event.key >= " " && event.key <= "~") return event.key.toLowerCase();
  const typed = event.key.length === 1 || ["Process", "Dead", "Unidentified"].includes(event.key);
  const place = typed && /^(?:Key|Digit|Numpad)(\w)$/.exec(event.code || "");
  return place ? place[1].toLowerCase() : event.key;
}
