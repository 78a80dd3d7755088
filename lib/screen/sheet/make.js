// The day's sheet in the browser, joined from these files into one script in the order of __init__.py.
// Small things every part uses.

const fill = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
const localDay = (day) => day.split("-").reverse().join("/");

// As the server folds: no accents, no case, đ as d, one apostrophe.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").replaceAll("ƀ", "b")
  .replace(/[\u2018\u2019\u201b\u00b4`\u02bc\u02b9\u02c8\u02ca\u2032\uff07]/g, "'");

// As the server finds names that are written both ways: Mỹ and Mĩ, Quý and Quí; the other way as a whole word only.
const bothWays = /(?<=[bcdghklmnpqrstvx])[iy](?![a-z])|(?<=qu)[iy](?![a-z])|(?<![a-z])y(?![a-z])/g;
function holds(text, word) {
  const other = word.replace(bothWays, (letter) => (letter === "i" ? "y" : "i"));
  if (text.includes(word) || other === word) return text.includes(word);
  return new RegExp(`(?<![a-z])${other.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![a-z])`).test(text);
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// The letter meant by a key. Vietnamese typing (Telex, VNI, a layout with ă â ê ô on the digits) puts other
// characters on the keys; where the character is none of ours, the place of the key decides.
function letter(event) {
  if (event.key.length === 1 && event.key >= " " && event.key <= "~") return event.key.toLowerCase();
  const typed = event.key.length === 1 || ["Process", "Dead", "Unidentified"].includes(event.key);
  const place = typed && /^(?:Key|Digit|Numpad)(\w)$/.exec(event.code || "");
  return place ? place[1].toLowerCase() : event.key;
}
