// Elements of the components that show what the server has finished: what people entered is text to them, never markup.

export const make = (tag, inside = [], attributes = {}) => {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => value && element.setAttribute(name, value));
  element.append(...inside);
  return element;
};

// What already stands there is not written again, so that nothing moves and nothing is read aloud twice.
export const say = (element, words) => {
  if (element.textContent !== words) element.textContent = words;
};
