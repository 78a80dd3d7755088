// Rebuilt only when its words change; the focus stays on the figure where it was.

import { make } from "../../element.js";
import { follow, leads } from "../../widgets/link_table/links.js";

const cell = (told, title) => {
    const inside = [make("span", [told.text], { class: "value" })];
    if (told.note) inside.push(make("span", [told.note], { class: "note" }));
    const td = make("td", inside, { class: `${told.look} ${told.text === "–" ? "none" : ""}`.trim() });
    td.dataset.label = title;
    return td;
};

const line = (row, head) => {
    const link = make("a", [row.name], leads(row.href));
    link.dataset.code = row.code;
    const cells = row.cells.map((told, place) => cell(told, head[place + 1]));
    return make("tr", [make("th", [link], { scope: "row" }), ...cells], { class: row.here ? "here" : "" });
};

const group = (block, head) => {
    const title = make("th", [block.title], { scope: "rowgroup", colspan: String(head.length) });
    return make("tbody", [make("tr", [title], { class: "group" }), ...block.rows.map((row) => line(row, head))]);
};

const build = (root, data) => {
    const focused = root.activeElement?.dataset.code;
    const scrolled = root.querySelector(".frame")?.scrollLeft ?? 0;
    root.querySelector(".frame")?.remove();
    const head = make("tr", data.head.map((title) => make("th", [title], { scope: "col" })));
    const table = make("table", [make("caption", [data.caption]), make("thead", [head]),
        ...data.blocks.map((block) => group(block, data.head))]);
    const frame = make("div", [table], { class: "frame", tabindex: "0", role: "region", "aria-label": data.caption });
    root.append(frame);
    frame.scrollLeft = scrolled;
    if (focused) frame.querySelector(`a[data-code="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
};

export default function ({ parentElement: root, data, setTriggerValue }) {
    const news = JSON.stringify(data);
    if (root.news !== news) build(root, data);
    root.news = news;
    follow(root.querySelector(".frame"), setTriggerValue);
}
