// A line that moves up or down may be drawn anew, however long the server takes, and the keyboard is then nowhere: until
// the visitor's next act, back to the button that was pressed, or to its neighbour where the line came to an end.

window.templateFocus ??= (() => { // once for each page load, however often the page is drawn
  let back = () => {};

  document.addEventListener("click", ({ target }) => {
    const line = target.closest("[class*=st-key-template_]")?.className;
    const [, way, code] = /st-key-template_(-?1)_(\w+)/.exec(line) ?? [];
    const button = (step) => document.querySelector(`.st-key-template_${step}_${code} button:not(:disabled)`);
    if (code) back = () => document.activeElement === document.body && (button(way) ?? button(-way))?.focus();
  });

  for (const act of ["pointerdown", "keydown"])
    document.addEventListener(act, () => {
      back();
      back = () => {};
    }, { capture: true });

  return setInterval(() => back(), 200);
})();
