// The figures of the area as large numbers; each leads to what it is made of.

import { make, say } from "../../element.js";
import { follow, leads, point } from "./links.js";

const card = (figure) => {
    const value = make("a", [make("span", [], { class: "name" }), make("strong")], {
        ...leads(figure.href), title: figure.help });
    const small = figure.small_href ? make("a", [], { ...leads(figure.small_href), class: "small" })
        : make("span", [], { class: "small" });
    return make("li", [value, small]);
};

const paint = (item, figure) => {
    const [value, small] = item.children;
    say(value.firstElementChild, figure.name);
    say(value.lastElementChild, figure.value);
    point(value, figure.href);
    say(small, figure.small);
    if (figure.small_href) point(small, figure.small_href);
};

export default function ({ parentElement: root, data, setTriggerValue }) {
    const now = JSON.stringify(data.figures.map((figure) => [figure.name, figure.help, Boolean(figure.small_href)]));
    if (root.shape !== now) {
        root.querySelector("ul")?.remove();
        root.append(make("ul", data.figures.map(card), { "aria-label": data.label }));
        root.shape = now;
    }
    data.figures.forEach((figure, place) => paint(root.querySelector("ul").children[place], figure));
    follow(root.querySelector("ul"), setTriggerValue);
}
