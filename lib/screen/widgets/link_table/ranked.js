// Builds the table once and then repaints only the words that changed, so that a refresh never moves the reader.
// A cell is a word, or `{text, href}`. A column with `why` leads from each of its figures to what it is made of.

import { make, say } from "../../element.js";
import { follow, leads, point } from "./links.js";

const heading = (column) =>
    make("th", [column.text], { scope: "col", title: column.help, class: column.number ? "n" : "" });

const href = (data, row, place) => {
    const [cell, column] = [row.cells[place], data.head[place]];
    if (cell.href) return cell.href;
    if (column.why && data.ask && row.code) return `${data.ask}&why=${column.why}&of=${encodeURIComponent(row.code)}`;
    return column.unit && row.href ? row.href : "";
};

// The figures of a row are reached with the arrow keys, so that Tab goes from unit to unit.
const cell = (data, row, place) => {
    const [column, to] = [data.head[place], href(data, row, place)];
    const attributes = column.unit || row.cells[place].href ? {} : { tabindex: "-1", class: "why" };
    const word = to ? make("a", [], { ...leads(to), ...attributes }) : make("span");
    word.classList.add("word");
    const td = make(column.unit ? "th" : "td", [word], column.unit ? { scope: "row" } : { class: column.number ? "n" : "" });
    if (column.unit && row.code) word.dataset.code = row.code;
    if (column.bar) td.prepend(make("span", [make("i")], { class: "bar", "aria-hidden": "true" }));
    td.dataset.label = column.text;
    return td;
};

const move = (td, moved) => {
    td.querySelector(".move")?.remove();
    if (!moved) return;
    const told = make("span", [moved.say], { class: "told" });
    td.append(make("span", [make("span", [moved.mark], { "aria-hidden": "true" }), told], { class: `move ${moved.way}` }));
};

const paint = (tr, data, row) => {
    row.cells.forEach((words, place) => {
        const [td, to] = [tr.children[place], href(data, row, place)];
        say(td.querySelector(".word"), words.text ?? words);
        if (to) point(td.querySelector(".word"), to);
        if (data.head[place].bar) {
            td.classList.toggle("silent", Boolean(row.silent));
            const bar = td.querySelector(".bar");
            bar.style.visibility = row.share === null ? "hidden" : "visible";
            bar.firstElementChild.style.width = `${(row.share || 0) * 100}%`;
        }
    });
    tr.classList.toggle("total", Boolean(row.total));
    const moved = JSON.stringify(row.move ?? null);
    if (tr.moved !== moved) move(tr.children[0], row.move);
    tr.moved = moved;
};

const where = (root) => {
    const focused = root.activeElement?.closest("td, th");
    return focused && [focused.closest("tr")?.dataset.code, focused.cellIndex];
};

const build = (root, data) => {
    const lines = data.rows.map((row) =>
        make("tr", data.head.map((_column, place) => cell(data, row, place)), { "data-code": row.code }));
    const head = make("thead", [make("tr", data.head.map(heading))]);
    const [old, was] = [root.querySelector(".frame"), where(root)];
    const table = make("table", [make("caption"), head, make("tbody", lines)], { class: data.cards ? "cards" : "" });
    const frame = make("div", [table], { class: "frame", tabindex: "0", role: "region" });
    const scrolled = old ? old.scrollLeft : 0;
    old?.remove();
    root.append(frame);
    frame.scrollLeft = scrolled;
    if (!was) return;
    const line = lines.find((tr) => tr.dataset.code === was[0]);
    line?.children[was[1]]?.querySelector("a")?.focus({ preventScroll: true });
};

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

const walk = (event) => {
    const [from, step] = [event.target.closest("td, th"), STEPS[event.key]];
    if (!from || !step || event.target.tagName !== "A") return;
    const body = [...from.closest("tbody").rows];
    let [row, column] = [body.indexOf(from.parentElement), from.cellIndex];
    for (;;) {
        [row, column] = [row + step[0], column + step[1]];
        const td = body[row]?.cells[column];
        if (!td) return;
        const link = td.querySelector("a");
        if (link) {
            event.preventDefault();
            link.focus();
            return;
        }
    }
};

// What decides whether the rows standing there can be repainted.
const shape = (data) => {
    const linked = (row) => data.head.map((_column, place) => Boolean(href(data, row, place)));
    return JSON.stringify([data.head, data.cards, data.rows.map((row) => [row.code, linked(row)])]);
};

export default function ({ parentElement: root, data, setTriggerValue }) {
    const now = shape(data);
    if (root.shape !== now) {
        build(root, data);
        root.shape = now;
    }
    say(root.querySelector("caption"), data.caption);
    const frame = root.querySelector(".frame");
    frame.setAttribute("aria-label", data.caption);
    const lines = root.querySelectorAll("tbody tr");
    data.rows.forEach((row, place) => paint(lines[place], data, row));
    root.querySelector("tbody").onkeydown = walk;
    follow(frame, setTriggerValue);
}
