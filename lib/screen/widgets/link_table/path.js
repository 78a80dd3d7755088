// A row of links: the way to an area, the choices of a list, the pages of a list.

import { make } from "../../element.js";
import { arrive, follow, leads } from "./links.js";

const build = (root, data) => {
    const focused = root.activeElement; // the same link may have another number by now
    root.querySelector("nav")?.remove();
    const items = data.items.map((item) => {
        const here = item.here ? { "aria-current": "true" } : {};
        const inside = item.href ? make("a", [item.text], { ...leads(item.href), ...here }) : make("b", [item.text], here);
        return make("li", [inside], { class: item.here ? "here" : "" });
    });
    const nav = make("nav", [make("ol", items, { class: data.look })], { "aria-label": data.label, tabindex: "-1" });
    root.append(nav);
    const same = (link) => link.href === focused?.href || link.textContent === focused?.textContent;
    if (focused) [...nav.querySelectorAll("a")].find(same)?.focus();
};

export default function ({ parentElement: root, data, setTriggerValue }) {
    const now = JSON.stringify(data);
    if (root.shape !== now) build(root, data);
    root.shape = now;
    follow(root.querySelector("nav"), setTriggerValue);
    arrive(root, root.querySelector("nav"), data.arrive);
}
