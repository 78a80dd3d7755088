// A row of links: the way to an area, the choices of a list, the pages of a list.

const build = (root, data) => {
    const focused = root.activeElement?.textContent;
    root.querySelector("nav")?.remove();
    const items = data.items.map((item) => {
        const here = item.here ? { "aria-current": "true" } : {};
        const inside = item.href ? make("a", [item.text], { ...leads(item.href), ...here }) : make("b", [item.text], here);
        return make("li", [inside], { class: item.here ? "here" : "" });
    });
    const nav = make("nav", [make("ol", items, { class: data.look })], { "aria-label": data.label, tabindex: "-1" });
    root.append(nav);
    if (focused) [...nav.querySelectorAll("a")].find((link) => link.textContent === focused)?.focus();
};

export default function ({ parentElement: root, data, setTriggerValue }) {
    const now = JSON.stringify(data);
    if (root.shape !== now) build(root, data);
    root.shape = now;
    follow(root.querySelector("nav"), setTriggerValue);
    arrive(root, root.querySelector("nav"), data.arrive);
}
