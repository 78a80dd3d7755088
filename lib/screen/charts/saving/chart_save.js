// Builds the bar once and repaints the table in place, so that a refresh neither closes it nor moves the reader.

import { make } from "../../element.js";
import { drawing, png, textOf } from "./picture.js";
import { csvOf, tableOf } from "./rows.js";

const keep = (blob, name) => {
    const link = make("a", [], { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

const chartOf = (data) => document.querySelector(`.${data.chart} svg.marks`);

// Pressed while another chart is being drawn: wait for it, two seconds at most.
const drawn = async (root) => {
    for (let frames = 0; frames < 120 && !chartOf(root.now); frames += 1) await new Promise(requestAnimationFrame);
};

const save = {
    csv: (data) => new Blob([csvOf(data)], { type: "text/csv;charset=utf-8" }),
    svg: (data) => new Blob([textOf(drawing(chartOf(data), data))], { type: "image/svg+xml" }),
    png: (data) => png(drawing(chartOf(data), data)),
};

const build = (root) => {
    const buttons = Object.keys(save).reverse().map((kind) => make("button", [kind.toUpperCase()], { type: "button", "data-kind": kind }));
    const group = make("div", [make("span"), ...buttons], { class: "save", role: "group" });
    const details = make("details", [make("summary"), make("div", [], { class: "frame", tabindex: "0", role: "region" })]);
    root.append(make("div", [details, group, make("div", [], { class: "said", role: "status" })], { class: "bar" }));
    buttons.forEach((button) => { button.onclick = () => press(root, button); });
};

const press = async (root, button) => {
    const [kind, said] = [button.dataset.kind, root.querySelector(".said")];
    button.disabled = true;
    said.textContent = "";
    try {
        await drawn(root);
        keep(await save[kind](root.now), `${root.now.file}.${kind}`);
    } catch {
        said.textContent = root.now.words.failed;
    }
    button.disabled = false;
};

const label = (root, data) => {
    root.querySelector("summary").textContent = data.words.table;
    root.querySelector(".save span").textContent = data.words.save;
    root.querySelectorAll("button").forEach((button) => {
        const name = `${data.words[button.dataset.kind]}: ${data.title}`;
        button.title = data.words[button.dataset.kind];
        button.setAttribute("aria-label", name);
    });
    root.querySelector(".frame").setAttribute("aria-label", data.title);
};

export default function ({ parentElement: root, data, setTriggerValue }) {
    if (!root.querySelector(".bar")) build(root);
    const shape = JSON.stringify([data.head, data.rows, data.words.table]);
    root.now = data;
    label(root, data);
    const frame = root.querySelector(".frame");
    if (root.shape !== shape) {
        const [top, left, focused] = [frame.scrollTop, frame.scrollLeft, root.activeElement?.dataset?.code];
        frame.replaceChildren(tableOf(data));
        [frame.scrollTop, frame.scrollLeft] = [top, left];
        if (focused) frame.querySelector(`a[data-code="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
        root.shape = shape;
    }
    frame.onclick = (event) => {
        const link = event.target.closest("a");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        setTriggerValue("open", link.dataset.code);
    };
}
