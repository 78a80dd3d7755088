// The day's sheet in the browser, joined from these files into one script in the order of __init__.py.
// Small things every part uses.

const fill = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
const localDay = (day) => day.split("-").reverse().join("/");

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
