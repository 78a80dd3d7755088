// Which options a picker shows for what was typed, the likeliest first: without accents, by the beginnings of words in
// any order ("phuoc tha"), run together ("thanhphuoc"), by first letters ("kp 3"), numbers by their value ("to 3" is
// Tổ 03 before Tổ 30). Accents that were typed put those first who have them.

import { fold, otherWay } from "../fold.js";

const known = new Map();

const words = (text) => (fold(text).match(/\p{L}+|\d+/gu) || []).map((word) => word.replace(/^0+(?=\d)/, ""));

// The words of a label, and from each of them on all the others run together, and their first letters.
const told = (label) => {
  if (!known.has(label)) {
    if (known.size > 20000) known.clear();
    const all = words(label);
    known.set(label, {
      words: all,
      runs: all.map((_, at) => all.slice(at).join("")),
      initials: all.map((_, at) => all.slice(at).map((word) => word[0]).join("")),
    });
  }
  return known.get(label);
};

// How well a typed word fits at a word of the label: the word itself, its beginning, several run together or by
// their first letters; a number is never put together from several.
const fit = ({ words: all, runs, initials }, at, typed) => {
  if (all[at] === typed) return 4;
  if (all[at] === otherWay(typed)) return 3;
  if (all[at].startsWith(typed)) return 2;
  if (/^\d/.test(typed)) return 0;
  if (typed.length > 1 && initials[at].startsWith(typed)) return 1;
  return runs[at].startsWith(typed) ? 1.5 : 0;
};

const inRow = (label, typed, from) =>
  typed.every((word, place) => from + place < label.words.length && fit(label, from + place, word) >= 2);

const rank = (label, typed) => {
  const best = typed.map((word) => label.words.reduce((most, _, at) => Math.max(most, fit(label, at, word)), 0));
  if (best.includes(0)) return 0;
  const sum = best.reduce((all, one) => all + one, 0);
  const whole = typed.length === label.words.length && sum === 4 * typed.length;
  const inOrder = inRow(label, typed, 0) ? 6 : label.words.some((_, at) => inRow(label, typed, at)) ? 3 : 0;
  return 10 * sum + inOrder + (whole ? 200 : 0) - label.words.length / 100;
};

const marked = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();

export const picked = (options, text) => {
  const typed = words(text);
  const wanted = marked(text);
  if (!wanted) return options;
  const spelled = fold(wanted) === wanted ? () => 0 : (label) => (marked(label).includes(wanted) ? 1000 : 0);
  const found = options.map((option) => [typed.length ? rank(told(option.label), typed) : 0, option])
    .filter(([points]) => points > 0)
    .map(([points, option]) => [points + spelled(option.label), option])
    .sort(([one], [other]) => other - one)
    .map(([, option]) => option);
  if (found.length) return found;
  const inside = typed.join("");
  const signs = (label) => (inside ? told(label).words.join("").includes(inside) : marked(label).includes(wanted));
  return options.filter(({ label }) => signs(label));
};
