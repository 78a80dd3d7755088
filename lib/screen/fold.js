// As the server folds: no accents, no case, đ as d, one apostrophe.
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").replaceAll("ƀ", "b")
  .replace(/[\u2018\u2019\u201b\u00b4`\u02bc\u02b9\u02c8\u02ca\u2032\uff07]/g, "'");

// As the server finds names that are written both ways: Mỹ and Mĩ, Quý and Quí; the other way as a whole word only.
export const otherWay = (word) => word.replace(
  /(?<=[bcdghklmnpqrstvx])[iy](?![a-z])|(?<=qu)[iy](?![a-z])|(?<![a-z])y(?![a-z])/g,
  (letter) => (letter === "i" ? "y" : "i"),
);
export const holds = (text, word) => {
  const other = otherWay(word);
  if (text.includes(word) || other === word) return text.includes(word);
  return new RegExp(`(?<![a-z])${other.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![a-z])`).test(text);
};
