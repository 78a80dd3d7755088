// The rows of a chart: as a table on the page, and as text for a spreadsheet.

import { make } from "../../element.js";

const isNumber = (words) => /^[+−±-]?[\d.,]+ ?%?$/.test(words);

// Whatever stands in words, such as a name or "4 / 12", is kept to the left.
const aligned = (tag, inside, words, more = {}) =>
    make(tag, inside, { ...more, class: isNumber(words) || words === "–" ? "" : "w" });

export const tableOf = (data) => {
    const columns = data.head.map((title, place) => {
        const first = data.rows.find((row) => row[place + 1])?.[place + 1] ?? "";
        return aligned("th", [title], first, { scope: "col" });
    });
    const lines = data.rows.map(([code, name, ...cells]) => {
        const href = data.links[code];
        const heading = href ? [make("a", [name], { href, "data-code": code })] : [name];
        return make("tr", [make("th", heading, { scope: "row" }), ...cells.map((words) => aligned("td", [words], words))]);
    });
    return make("table", [make("caption", [data.title]), make("thead", [make("tr", columns)]), make("tbody", lines)]);
};

// Vietnamese Excel: semicolons, a comma before the decimals, none before the thousands. A name that would be
// calculated is kept as text.
const cell = (words, thousands) => {
    if (words === "–") return "";
    if (isNumber(words)) {
        const plain = words.replaceAll(thousands, "").replace("−", "-").replace("+", "").replace("±", "");
        return thousands === "," ? plain.replace(".", ",") : plain;
    }
    const safe = /^[=+\-@\t]/.test(words) ? `'${words}` : words;
    return /[";\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const csvOf = (data) => {
    const lines = [data.head, ...data.rows.map((row) => row.slice(1))];
    return "\ufeff" + lines.map((line) => line.map((words) => cell(words, data.thousands)).join(";") + "\r\n").join("");
};
