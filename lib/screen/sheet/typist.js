// Presses a key that waited as the keyboard would have pressed it: first whoever listens, then what a browser itself
// does with a key that nobody took.

export class Typist {
  constructor(sheet) {
    this.sheet = sheet;
  }

  press(key) {
    const { root, element } = this.sheet;
    const target = root.activeElement || element;
    const event = new KeyboardEvent("keydown", { ...key, bubbles: true, composed: true, cancelable: true });
    if (!target.dispatchEvent(event)) return;
    if (target.localName === "input") this.write(target, key);
    else if (target.localName === "button" && ["Enter", " "].includes(key.key)) target.click();
    else if (key.key === "Escape") this.close(target.closest("dialog[open]"));
  }

  write(input, { key, ctrlKey }) {
    const { selectionStart: start, selectionEnd: end } = input;
    const room = input.maxLength < 0 || input.value.length - (end - start) < input.maxLength;
    if (key === "Backspace") input.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
    else if (key === "Delete") input.setRangeText("", start, start === end ? end + 1 : end, "end");
    else if ([...key].length === 1 && !ctrlKey && room) input.setRangeText(key, start, end, "end");
    else return;
    input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }

  close(dialog) {
    if (dialog?.dispatchEvent(new Event("cancel", { cancelable: true }))) dialog.close();
  }
}
