// Shared by the parts of a board. Every link is a true address. A plain click on one of the board's own sends it,
// and the server turns the page in place; a link to another page is the browser's, so that its Back button finds
// this board as it was left.

export const point = (link, href) => {
    if (link.getAttribute("href") !== href) link.setAttribute("href", href);
};

export const leads = (href) => (href.startsWith("?") ? { href, "data-go": "1" } : { href });

// A click on a link of `element`; one with a key held down stays the browser's.
export const follow = (element, send) => {
    element.onclick = (event) => {
        const link = event.target.closest("a[data-go]");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        send("go", link.getAttribute("href"));
    };
};

// Somebody asked for this part just now: bring it into sight and let the keyboard go on from here.
export const arrive = (root, element, at) => {
    if (at && root.arrived !== at) {
        element.scrollIntoView({ block: "nearest" });
        element.focus({ preventScroll: true });
    }
    root.arrived = at;
};
