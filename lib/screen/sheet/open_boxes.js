// What stands in an open panel or note: kept in this browser under the account, team, day and household until the box is
// closed.

const unkept = new Map(); // where the browser keeps nothing

export const openBoxes = {
  key: ({ data }, code) => `tungnha:panel:${data.account}:${data.team}:${data.day}:${code}`,

  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key) ?? unkept.get(key) ?? "null");
    } catch {
      return null;
    }
  },

  put(key, kept) {
    const text = JSON.stringify({ ...kept, at: Date.now() }); // gone after three days, see `forgotten`
    try {
      localStorage.setItem(key, text);
    } catch {
      unkept.set(key, text);
    }
  },

  drop(key) {
    unkept.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      // nothing was kept there
    }
  },
};
