// The chart as a picture of its own: area and day above, what it means and its source below.

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 20;
const FAMILY = "Source Sans";

const words = (text, x, y, size, attributes = {}) => {
    const element = document.createElementNS(SVG, "text");
    const look = { x, y, "font-size": size, "font-family": `'${FAMILY}', 'Segoe UI', 'Noto Sans', sans-serif`, fill: "#1b2430" };
    Object.entries({ ...look, ...attributes }).forEach(([name, value]) => element.setAttribute(name, value));
    element.textContent = text;
    return element;
};

// Broken where a line would be longer than the picture is wide.
const wrapped = (text, width, size) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${size}px "${FAMILY}", sans-serif`;
    return text.split(" ").reduce((lines, word) => {
        const longer = `${lines.at(-1)} ${word}`.trim();
        if (pen.measureText(longer).width > width && lines.at(-1)) lines.push(word);
        else lines[lines.length - 1] = longer;
        return lines;
    }, [""]).filter(Boolean);
};

export const drawing = (chart, data) => {
    const { width, height } = chart.getBoundingClientRect();
    const inner = chart.cloneNode(true);
    inner.setAttribute("x", MARGIN);
    inner.setAttribute("width", width);
    inner.setAttribute("height", height);
    inner.removeAttribute("style");
    const picture = document.createElementNS(SVG, "svg");
    const paper = document.createElementNS(SVG, "rect");
    const head = wrapped(data.place, width, 20);
    const foot = [...(data.notes ? wrapped(data.notes, width, 12) : []), ...wrapped(data.source, width, 12)];
    const top = MARGIN + head.length * 26;
    inner.setAttribute("y", top);
    const all = top + height + 14 + foot.length * 17 + MARGIN - 6;
    picture.append(paper);
    head.forEach((line, place) => picture.append(words(line, MARGIN, MARGIN + 16 + place * 26, 20, { "font-weight": 600 })));
    picture.append(inner);
    foot.forEach((line, place) => picture.append(words(line, MARGIN, top + height + 24 + place * 17, 12, { fill: "#46505e" })));
    [picture, paper].forEach((element) => {
        element.setAttribute("width", width + 2 * MARGIN);
        element.setAttribute("height", all);
    });
    paper.setAttribute("fill", "#ffffff");
    picture.setAttribute("xmlns", SVG);
    picture.setAttribute("viewBox", `0 0 ${width + 2 * MARGIN} ${all}`);
    return picture;
};

export const textOf = (picture) => new XMLSerializer().serializeToString(picture);

// A picture made of an SVG sees no letters of the page, so they are put into it.
const fontFace = async () => {
    const rules = [...document.styleSheets].flatMap((sheet) => {
        try { return [...sheet.cssRules]; } catch { return []; }
    });
    const upright = rules.find((rule) => rule instanceof CSSFontFaceRule && rule.style.fontStyle !== "italic" &&
        rule.style.getPropertyValue("font-family").replace(/["']/g, "") === FAMILY);
    const address = upright?.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)?.[1];
    if (!address) return "";
    const file = await (await fetch(new URL(address, upright.parentStyleSheet.href ?? document.baseURI))).blob();
    const inline = await new Promise((done, failed) => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result);
        reader.onerror = failed;
        reader.readAsDataURL(file);
    });
    return `@font-face { font-family: "${FAMILY}"; font-weight: 200 900; src: url(${inline}) format("woff2"); }`;
};

export const png = async (picture) => {
    const style = document.createElementNS(SVG, "style");
    style.textContent = await fontFace();
    picture.prepend(style);
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([textOf(picture)], { type: "image/svg+xml" }));
    await image.decode();
    // The letters inside may come a moment after the picture.
    await new Promise((done) => setTimeout(done, 150));
    const canvas = document.createElement("canvas");
    const twice = 2;
    canvas.width = Math.round(image.width * twice);
    canvas.height = Math.round(image.height * twice);
    const pen = canvas.getContext("2d");
    pen.scale(twice, twice);
    pen.drawImage(image, 0, 0);
    URL.revokeObjectURL(image.src);
    return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error())), "image/png"));
};
