// A line that moves up or down may be drawn anew, and the keyboard is then nowhere: back to the button that was pressed,
// or to its neighbour where the line came to an end. Runs once for each page load.

document.addEventListener("click", ({ target }) => {
  const [, way, code] = /st-key-template_(-?1)_(\w+)/.exec(target.closest("[class*=st-key-template_]")?.className) ?? [];
  if (!code) return;
  const back = () => {
    if (document.activeElement !== document.body) return;
    const button = (step) => document.querySelector(`.st-key-template_${step}_${code} button:not(:disabled)`);
    (button(way) ?? button(-way))?.focus();
  };
  for (let wait = 50; wait < 4000; wait += 250) setTimeout(back, wait);
});
