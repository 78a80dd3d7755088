// A list of links. It is rebuilt only when its words change, and the focus stays where it was.

import { make } from "../../element.js";

const MARKS = { done: "check", look: "priority_high" };

const line = (item, words) => {
    const name = item.href ? make("a", [item.name], { class: "name", href: item.href, "data-to": item.href })
        : make("span", [item.name], { class: "name" });
    const mark = MARKS[item.mark] ? [make("span", [MARKS[item.mark]], { class: "mark", "aria-hidden": "true" })] : [];
    const inside = [make("div", [...mark, name, make("span", [item.facts], { class: "facts" })], { class: "what" })];
    if (item.side) inside.push(make("span", [item.side], { class: "side" }));
    const reach = [];
    if (item.phone) reach.push(make("a", [item.phone], { class: "tel", href: `tel:${item.phone.replace(/\D/g, "")}`,
        "aria-label": `${words.call} ${item.name}: ${item.phone}` }));
    if (item.to) reach.push(make("a", [item.verb], { class: "go", href: item.to, "data-to": item.to,
        "aria-label": `${item.verb}: ${item.name}` }));
    if (reach.length) inside.push(make("span", reach, { class: "reach" }));
    return make("li", inside, { class: item.mark });
};

const build = (root, data) => {
    const focused = root.activeElement?.getAttribute("href");
    const list = make("ul", data.items.map((item) => line(item, data.words)), { "aria-label": data.label });
    root.querySelector(".lines")?.remove();
    root.append(make("div", [list, ...(data.more ? [make("p", [data.more], { class: "more" })] : [])],
        { class: "lines" }));
    if (focused) root.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
};

export default function ({ parentElement: root, data, setTriggerValue }) {
    const news = JSON.stringify(data);
    if (root.news !== news) {
        build(root, data);
        root.news = news;
    }
    root.querySelector(".lines").onclick = (event) => {
        const link = event.target.closest("a[data-to]");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        setTriggerValue("open", link.dataset.to);
    };
}
