// What was found at one door: an outcome, marks, a note and the details behind the marks. The lists are shared
// between answers, so a change makes a new list and never alters one.

import { fold } from "../fold.js";

export const NOTHING = { outcome: null, swept: false, flags: "", note: "", needs: [], violations: [], people: [], channel: null };

export const MET = ["met", "phone"];

// What was found with a person (symptoms, temperature, a guest or returnee) needs somebody met or called; a household
// taken to quarantine keeps what led there. As lib/field/visits/answers.py has it.
export const personal = ({ flags }) => /[sv]/.test(flags ?? "");
export const unmet = (answer) => personal(answer) && ![...MET, "central_quarantine"].includes(answer.outcome);

// Marks tell of somebody spoken to, a violation of somebody seen: only who left isolation is not there. Notes need nobody.
export const present = (flag, { violations }) => "svn".includes(flag) || (flag === "k" && violations?.join() !== "left_isolation");

export function content(answer) {
  return Object.fromEntries(Object.entries(NOTHING).map(([name, none]) => [name, answer[name] ?? none]));
}

const sameCodes = (one, other) => [...(one ?? [])].sort().join() === [...(other ?? [])].sort().join();

// Somebody added at the door has no number yet, and is found again by name and year.
function samePerson(one, other) {
  const named = (person) => `${fold(person.name ?? "")} ${person.year ?? ""}`;
  const known = one.person && other.person;
  return (known ? one.person === other.person : named(one) === named(other))
    && sameCodes(one.symptoms, other.symptoms)
    && ["since", "temperature", "arrival", "province", "arrived_on"].every((name) => (one[name] ?? null) === (other[name] ?? null));
}

// What both say; the way it came does not count.
export function same(one, other) {
  const [a, b] = [content(one), content(other)];
  return ["outcome", "swept", "flags", "note"].every((name) => a[name] === b[name])
    && sameCodes(a.needs, b.needs) && sameCodes(a.violations, b.violations)
    && a.people.length === b.people.length && a.people.every((person) => b.people.some((p) => samePerson(person, p)));
}

// Whether nothing is left to save: answered anew at the door, a row copied from paper is no longer from paper.
export function settled(answer, stored) {
  return same(answer, stored) && !(stored.channel && !answer.channel);
}
