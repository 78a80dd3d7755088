// A calendar of buttons. Only one of them is in the tab order; arrow keys move by a day or a week.

import { make } from "../../element.js";

const mark = (icon) => make("span", [icon], { class: "icon", "aria-hidden": "true" });
const dot = () => make("span", [], { class: "dot", "aria-hidden": "true" });

const square = (cell, today) => {
    const inside = [make("span", [cell.first ? cell.month : cell.n], { class: "n" }), mark(cell.icon)];
    if (cell.alarm) inside.push(dot());
    const label = today ? `${cell.label} (${today})` : cell.label;
    return make("button", inside, { type: "button", class: `${cell.state}${today ? " today" : ""}`, title: label,
        "aria-label": label, "data-day": cell.day, "aria-pressed": "false", tabindex: "-1",
        "aria-current": today ? "date" : "" });
};

const legend = (data) => {
    const line = (inside, state, told) =>
        make("li", [make("span", [inside], { class: `swatch ${state}`, "aria-hidden": "true" }), make("span", [told])]);
    const now = line(make("span", [data.today_n], { class: "n" }), "today", data.today);
    const marks = data.legend.map((item) => line(item.icon ? mark(item.icon) : dot(), item.state, item.told));
    return make("ul", [now, ...marks], { class: "legend" });
};

const choose = (root, day) => {
    const cell = root.days.get(day);
    root.querySelectorAll("button").forEach((button) => {
        const chosen = button.dataset.day === day;
        button.setAttribute("aria-pressed", String(chosen));
        button.tabIndex = chosen ? 0 : -1;
    });
    const box = root.querySelector(".told > div");
    box.replaceChildren(make("h4", [cell.title]), ...cell.lines.map((line) => make("p", [line])));
    root.chosen = day;
};

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const walk = (root, event) => {
    const days = [...root.days.keys()];
    const here = days.indexOf(event.target.closest("button")?.dataset.day);
    const there = event.key === "Home" ? 0 : event.key === "End" ? days.length - 1 : here + (STEPS[event.key] || 0);
    if (here < 0 || there === here || !days[there] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    choose(root, days[there]);
    root.querySelector(`button[data-day="${days[there]}"]`).focus();
};

const build = (root, data) => {
    const cells = data.weeks.flat().filter(Boolean);
    cells.forEach((cell, place) => { cell.first = place === 0 || cell.n === "1"; });
    root.days = new Map(cells.map((cell) => [cell.day, cell]));
    const last = cells.at(-1).day;
    const head = make("tr", data.weekdays.map((name) => make("th", [name], { scope: "col" })));
    const body = data.weeks.map((week) => make("tr", week.map((cell) =>
        make("td", cell ? [square(cell, cell.day === last && data.today)] : []))));
    const table = make("table", [make("caption", [data.caption]), make("thead", [head]), make("tbody", body)]);
    const told = make("div", [make("div", [], { "aria-live": "polite" }), make("p", [data.how], { class: "how" })],
        { class: "told" });
    root.querySelector(".calendar")?.remove();
    root.append(make("div", [table, told, legend(data)], { class: "calendar" }));
    table.onclick = (event) => {
        const button = event.target.closest("button");
        if (button) choose(root, button.dataset.day);
    };
    table.onkeydown = (event) => walk(root, event);
    choose(root, root.days.has(root.chosen) ? root.chosen : last);
};

export default function ({ parentElement: root, data }) {
    const news = JSON.stringify(data);
    if (root.news === news) return;
    const focused = root.activeElement?.dataset.day;
    build(root, data);
    root.news = news;
    if (focused) root.querySelector(`button[data-day="${focused}"]`)?.focus({ preventScroll: true });
}
