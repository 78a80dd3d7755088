// The list of what has just been entered. Drawn anew only when its words changed; a focused link stays focused.

import { make } from "../../element.js";

const unit = (line) => {
    const link = make("a", [line.name], { href: line.href, "data-code": line.code, "data-leaves": line.leaves ? "1" : "" });
    const place = line.place ? [" ", make("small", [line.place])] : [];
    return make("li", [
        make("time", [line.hour]),
        make("span", [link, ...place], { class: "name", title: line.place }),
        make("small", [line.rows]),
    ]);
};

const place = (line) => make("span", [make("b", [line.mark]), ` ${line.name}`], { title: line.words, "aria-label": `${line.name}: ${line.words}` });

const build = (root, data) => {
    const focused = root.activeElement?.dataset.code;
    const title = make("h2", [data.title, ...(data.more ? [make("small", [data.more])] : [])]);
    const list = data.units.length ? [make("ul", data.units.map(unit))] : [];
    const ranks = data.ranks ? [make("p", [make("span", [data.ranks.title]), ...data.ranks.units.map(place)], { class: "ranks" })] : [];
    root.querySelector("section")?.remove();
    root.append(make("section", [title, ...list, ...ranks], { "aria-label": data.title }));
    if (focused) root.querySelector(`a[data-code="${focused}"]`)?.focus({ preventScroll: true });
};

export default function ({ parentElement: root, data, setTriggerValue }) {
    const words = JSON.stringify(data);
    if (root.words !== words) {
        build(root, data);
        root.words = words;
    }
    root.querySelector("section").onclick = (event) => {
        const link = event.target.closest("a");
        if (!link || link.dataset.leaves || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        setTriggerValue("open", link.dataset.code);
    };
}
