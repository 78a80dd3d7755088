// Builds the table once and then repaints only the words that changed, so that a refresh never moves the reader.

const make = (tag, inside = [], attributes = {}) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => value && element.setAttribute(name, value));
    element.append(...inside);
    return element;
};

const say = (element, words) => {
    if (element.textContent !== words) element.textContent = words;
};

const heading = (column) =>
    make("th", [column.text], { scope: "col", title: column.help, class: column.number ? "n" : "" });

// The second column is the unit's name and heads its row.
const line = (row, head) => {
    const cells = head.map((column, place) => {
        if (place !== 1) return make("td", [make("span")], { class: column.number ? "n" : "" });
        return make("th", [row.href ? make("a", [], { href: row.href, "data-code": row.code }) : make("span")],
            { scope: "row" });
    });
    cells[2].prepend(make("span", [make("i")], { class: "bar", "aria-hidden": "true" }));
    return make("tr", cells, { "data-code": row.code });
};

const paint = (tr, row) => {
    row.cells.forEach((words, place) => say(tr.children[place].lastElementChild, words));
    tr.classList.toggle("total", Boolean(row.total));
    tr.children[2].classList.toggle("silent", row.silent);
    const bar = tr.querySelector(".bar");
    bar.style.visibility = row.share === null ? "hidden" : "visible";
    bar.firstElementChild.style.width = `${(row.share || 0) * 100}%`;
};

const build = (root, data) => {
    const body = make("tbody", data.rows.map((row) => line(row, data.head)));
    const table = make("table", [make("caption"), make("thead", [make("tr", data.head.map(heading))]), body]);
    const [old, focused] = [root.querySelector(".frame"), root.activeElement?.dataset.code];
    const frame = make("div", [table], { class: "frame", tabindex: "0", role: "region" });
    const scrolled = old ? old.scrollLeft : 0;
    old?.remove();
    root.append(frame);
    frame.scrollLeft = scrolled;
    if (focused) frame.querySelector(`a[data-code="${focused}"]`)?.focus({ preventScroll: true });
};

// What decides whether the rows standing there can be repainted.
const shape = (data) => JSON.stringify([data.head, data.rows.map((row) => [row.code, row.href])]);

export default function ({ parentElement: root, data, setTriggerValue }) {
    const now = shape(data);
    if (root.shape !== now) {
        build(root, data);
        root.shape = now;
    }
    say(root.querySelector("caption"), data.caption);
    root.querySelector(".frame").setAttribute("aria-label", data.caption);
    data.rows.forEach((row, place) => paint(root.querySelectorAll("tbody tr")[place], row));
    root.querySelector("tbody").onclick = (event) => {
        const link = event.target.closest("a");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        setTriggerValue("open", link.dataset.code);
    };
}
