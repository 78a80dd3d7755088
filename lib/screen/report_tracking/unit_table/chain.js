// The wall of reports. It is rebuilt only when its words change; folds stay open and the focus stays where it was.
// A deed that asks for words opens a form above the table: it is brought into sight with the keyboard in it, and once it
// is done with, the reader is back at the row.

import { make } from "../../element.js";

const MARKS = { done: "check_circle", amber: "priority_high", red: "alarm", wait: "schedule" };

const mark = (look) => (MARKS[look] ? [make("span", [MARKS[look]], { class: "mark", "aria-hidden": "true" })] : []);

const person = (one, words) => {
    const told = [make("span", [one.name], { class: "person" })];
    if (one.facts) told.push(make("span", [one.facts], { class: "facts" }));
    if (one.phone) told.push(make("a", [one.phone], { href: `tel:${one.phone.replace(/\D/g, "")}`, class: "tel",
        "aria-label": `${words.call} ${one.name}: ${one.phone}` }));
    return make("div", told, { class: "one" });
};

const deed = (row, one) => make("button", [one.text], { type: "button", "data-deed": `${one.deed}:${row.code}`,
    "aria-label": `${one.text}: ${row.name}` });

const fold = (root, data, row) => {
    const open = root.open.has(row.code);
    return make("button", [make("span", [open ? "expand_more" : "chevron_right"], { class: "mark", "aria-hidden": "true" }),
        row.told], { type: "button", class: "fold", "data-fold": row.code, "aria-expanded": String(open),
        "aria-label": `${open ? data.words.hide : data.words.show}: ${row.name}, ${row.told}` });
};

const name = (root, data, row) => {
    const word = row.href ? make("a", [row.name], { href: row.href, "data-open": row.href }) : make("span", [row.name]);
    return make("th", row.inside.length ? [word, fold(root, data, row)] : [word], { scope: "row" });
};

const line = (root, data, row, depth) => {
    const cells = [
        make("div", [make("span", [...mark(row.look || row.mark), row.state], { class: "state" }),
            ...(row.note ? [make("span", [row.note], { class: "facts" })] : [])]),
        row.timing,
        row.sent,
        make("div", row.people.map((one) => person(one, data.words))),
        row.reminder,
        make("div", row.deeds.map((one) => deed(row, one)), { class: "deeds" }),
    ].map((inside, place) => {
        const td = make("td", [inside], { class: ["st", "tm", "n", "who", "rem", "act"][place] });
        td.dataset.label = data.head[place + 1];
        return td;
    }).filter((td) => td.dataset.label);
    const looks = [row.look, row.timely ? "timely" : "", depth ? "below" : "", row.inside.length ? "parent" : ""];
    return make("tr", [name(root, data, row), ...cells], { class: looks.filter(Boolean).join(" "), "data-row": row.code });
};

const lines = (root, data) => data.rows.flatMap((row) => [
    line(root, data, row, 0),
    ...(root.open.has(row.code) ? row.inside.map((each) => line(root, data, { ...each, inside: [] }, 1)) : []),
]);

const count = (one) => make("li", [make("span", [...mark(one.look), one.name]), make("strong", [one.value])],
    { class: one.look });

const spot = (element) => element && [...element.attributes].filter(({ name }) => /^(data-|href)/.test(name))
    .map(({ name, value }) => `[${name}="${CSS.escape(value)}"]`).join("");

// What of a row takes the keyboard when the button that had it is gone: a report received has nothing left to receive.
const inRow = (root, code) => root.querySelector(`[data-row="${CSS.escape(code ?? "")}"]`)?.querySelector("button, a");

const build = (root, data) => {
    const [was, old] = [spot(root.activeElement), root.querySelector(".frame")];
    const code = root.activeElement?.closest("tr")?.dataset.row;
    const scrolled = old ? old.scrollLeft : 0;
    root.querySelector(".all")?.remove();
    const head = make("tr", data.head.filter(Boolean).map((text) => make("th", [text], { scope: "col" })));
    const table = make("table", [make("caption", [data.caption]), make("thead", [head]), make("tbody", lines(root, data))]);
    const frame = make("div", [table], { class: "frame", tabindex: "0", role: "region", "aria-label": data.caption });
    const counts = make("ul", data.counts.map(count), { class: "counts" });
    const all = make("div", [counts, frame], { class: "all" });
    all.onclick = (event) => click(root, data, event);
    root.append(all);
    frame.scrollLeft = scrolled;
    if (was) (root.querySelector(was) ?? inRow(root, code))?.focus({ preventScroll: true });
};

const FIELD = "textarea, input";
const LONGEST = 15000; // after this nobody waits for the form any more

// Calls back when `found` first tells something; looks again whenever the page changes.
const once = (found, then) => {
    const look = () => {
        const there = found();
        if (!there) return false;
        eyes.disconnect();
        clearTimeout(end);
        then();
        return true;
    };
    const eyes = new MutationObserver(look);
    const end = setTimeout(() => eyes.disconnect(), LONGEST);
    eyes.observe(document.body, { childList: true, subtree: true });
    look();
};

// Streamlit hides what stands on the page while it fetches a kind of element it has not shown yet, and nothing hidden
// takes or keeps the keyboard: for two seconds it is handed over again, unless the reader has gone elsewhere.
const meet = (found, frames = 120) => {
    const there = found();
    const had = there?.matches(":focus");
    there?.focus({ preventScroll: true });
    const has = there?.matches(":focus");
    if (has && !had) there.scrollIntoView({ block: "center" });
    const lost = () => document.activeElement === document.body || there?.matches(":focus");
    if (frames) requestAnimationFrame(() => lost() && meet(found, frames - 1));
};

const follow = (root, deed, code) => {
    const key = `.st-key-reports_deed_${deed}_${CSS.escape(code)}`;
    const field = () => document.querySelector(key)?.querySelector(FIELD);
    once(field, () => {
        meet(field);
        const form = document.querySelector(key);
        const gone = new MutationObserver(() => {
            if (form.isConnected) return;
            gone.disconnect();
            if (!document.querySelector('[class*="st-key-reports_deed_"]')) back(root, deed, code);
        });
        gone.observe(document.body, { childList: true, subtree: true });
    });
};

const back = (root, deed, code) => requestAnimationFrame(() =>
    meet(() => root.querySelector(`[data-deed="${deed}:${CSS.escape(code)}"]`) ?? inRow(root, code)));

const click = (root, data, event) => {
    const there = event.target.closest("[data-deed], [data-fold], a[data-open]");
    if (!there || event.button !== 0) return;
    if (there.dataset.fold) {
        const code = there.dataset.fold;
        if (!root.open.delete(code)) root.open.add(code);
        build(root, data);
    } else if (there.dataset.deed) {
        const [deed, code] = there.dataset.deed.split(":");
        root.send("deed", there.dataset.deed);
        if (deed !== "receive") follow(root, deed, code);
    } else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        root.send("open", there.dataset.open);
    }
};

export default function ({ parentElement: root, data, setTriggerValue }) {
    root.open ??= new Set();
    root.send = setTriggerValue;
    const news = JSON.stringify(data);
    if (root.news !== news) {
        build(root, data);
        root.news = news;
    }
}
