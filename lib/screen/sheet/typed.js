// What people type, read kindly: each reader returns `{ value }`, or `{ fault }` naming the sentence that says how
// to mend it. Nothing typed is null, not a fault.

import { fold } from "../fold.js";
import { localDay } from "./make.js";

export class Typed {
  static OLDEST = 115;
  static BACK = 60; // days, as lib/field/visits/findings.py has it
  static TURN = 30; // two digits below are a year of this century, as lib/core/words/dates.py has it
  static NAME = /^[\p{L}\p{M}\p{N} .,\-–—'’()/&;+°“”"]+$/u; // as lib/core/form_input.py has it

  static bare(text) {
    return fold(text ?? "").replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, "").replace(/\s+/g, " ").trim();
  }

  // A day up to the sheet's own, read as lib/core/words/dates.py reads one; a fault has its name there, and its places.
  static day(text, today, last = today, first = Typed.shift(today, -Typed.BACK)) {
    const typed = Typed.when(text);
    if (!typed) return { value: null };
    const away = Typed.away(typed);
    const { fault, value } = away === null ? Typed.date(typed, today, last) : { value: Typed.shift(today, away) };
    if (fault) return { fault };
    const day = localDay(value);
    if (value < first) return { fault: { name: "early", places: { day, first: localDay(first) } } };
    if (value <= last) return { value };
    return { fault: { name: last === today ? "future" : "late", places: { day, today: localDay(today), last: localDay(last) } } };
  }

  // Without a weekday before it, an hour or a mark behind it, and blanks around its marks.
  static when(text) {
    const bare = Typed.bare(text).replace(/[−–]/g, "-").replace(/^(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)[, ]+/, "");
    const day = bare.replace(/(?:t|,| )\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/, "");
    return day === "-" || day === "." ? day : day.replace(/ ?([-/.,]) ?/g, "$1").replace(/[-/.,]+$/, "");
  }

  static WORDS = {
    "hom nay": 0, "bua nay": 0, nay: 0, today: 0, "hom qua": -1, "bua qua": -1, qua: -1, yesterday: -1,
    "hom kia": -2, "bua kia": -2, "ngay mai": 1, mai: 1, tomorrow: 1,
  };

  static away(typed) {
    if (Object.hasOwn(Typed.WORDS, typed)) return Typed.WORDS[typed];
    const number = typed.match(/^(?:([+-]) ?(\d{1,3})|(\d{1,3}) ?(?:ngay|n|days?|d)(?: truoc| roi| qua| ago)?)$/);
    return number ? (number[2] ? Number(number[1] + number[2]) : -Number(number[3])) : null;
  }

  // Day, month and the year if there is one, as they were typed.
  static parts(typed) {
    const iso = typed.match(/^((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})$/);
    if (iso) return [Number(iso[3]), Number(iso[2]), Number(iso[1])];
    if (/^(?:19|20)\d{6}$/.test(typed) && Number(typed.slice(2, 4)) > 12)
      return [Number(typed.slice(6)), Number(typed.slice(4, 6)), Number(typed.slice(0, 4))];
    if (/^(?:19|20)\d\d$/.test(typed) && Number(typed.slice(2)) > 12) return null;
    const found = typed.match(/^(\d{1,2})[-/., ](\d{1,2})(?:[-/., ]((?:19|20)\d\d|\d\d))?$/)
      || typed.match(/^(?:ngay )?(\d{1,2}) thang (\d{1,2})(?:[, ](?:nam )?((?:19|20)\d\d))?$/)
      || typed.match(/^(\d\d)(\d\d)((?:19|20)\d\d|\d\d)?$/);
    if (!found) return null;
    const year = found[3] === undefined ? null : Number(found[3]);
    return [Number(found[1]), Number(found[2]), found[3]?.length === 2 ? year + (year < Typed.TURN ? 2000 : 1900) : year];
  }

  // The day of the calendar, or what no calendar has.
  static date(typed, today, last) {
    const parts = Typed.parts(typed);
    if (!parts) return { fault: { name: "unread", places: {} } };
    const [day, month, year] = parts;
    const on = year ?? Number(today.slice(0, 4));
    if (month < 1 || month > 12) {
      const turned = month > 12 && day > 0 && day <= 12 && month <= Typed.days(on, day);
      if (turned) return { fault: { name: "swapped", places: { day: localDay(Typed.iso(on, day, month)) } } };
      return { fault: { name: "month", places: { month } } };
    }
    if (day > Typed.days(on, month)) return { fault: { name: "short", places: { days: Typed.days(on, month), month, year: on } } };
    if (!day) return { fault: { name: "unread", places: {} } };
    return { value: year ? Typed.iso(year, month, day) : Typed.nearest(day, month, today, last) };
  }

  // The year in which the day lies nearest; one ahead only where such a day may be entered.
  static nearest(day, month, today, last) {
    const on = Number(today.slice(0, 4));
    const far = (iso) => Math.abs(Date.parse(iso) - Date.parse(today));
    return [on, on - 1, on + 1].filter((year) => day <= Typed.days(year, month)).map((year) => Typed.iso(year, month, day))
      .filter((iso) => Number(iso.slice(0, 4)) <= on || iso <= last)
      .reduce((best, iso) => (far(iso) < far(best) ? iso : best));
  }

  static days(year, month) {
    return new Date(Date.UTC(year, month, 0)).getUTCDate();
  }

  static iso(...parts) {
    return parts.map((part) => String(part).padStart(2, "0")).join("-");
  }

  static shift(iso, days) {
    const day = new Date(`${iso}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + days);
    return day.toISOString().slice(0, 10);
  }

  // 37,8 and 37.8 and 378 and 38 °C.
  static temperature(text) {
    const typed = Typed.bare(text).replace(/\s*(°|º|do|c)+\s*c?$/, "").replace(/\s/g, "");
    if (!typed) return { value: null };
    if (!/^\d{2}([,.]?\d)?$/.test(typed)) return { fault: "bad_temperature" };
    const plain = typed.replace(",", ".");
    const value = plain.length === 3 ? Number(plain) / 10 : Number(plain);
    return value < 34 || value > 42 ? { fault: "bad_temperature" } : { value };
  }

  // "Nguyễn Văn Tư 1984", "nguyễn văn tư, sn 1984", or the name alone.
  static person(text, latest) {
    const typed = text.normalize("NFC").replace(/\s+/g, " ").trim();
    if (!typed) return { value: null };
    const [, name, number] = typed.match(/^(.*?),?(?:[\s(-]+(?:(?:sinh năm|sinh|sn|born)\.?\s?)?(\d+)\)?)?$/i);
    if (!/\p{L}/u.test(name) || name.length > 80 || !Typed.NAME.test(name)) return { fault: "bad_name" };
    if (number === undefined) return { value: { person: null, name: Typed.capitals(name), year: null } };
    const [year, now] = [Number(number), Number(latest.slice(0, 4))];
    if (number.length !== 4 || year > now || year < now - Typed.OLDEST) return { fault: "bad_year" };
    return { value: { person: null, name: Typed.capitals(name), year } };
  }

  // A name typed in small letters gets its capitals; one typed with any is left as it is.
  static capitals(name) {
    if (name !== name.toLowerCase()) return name;
    return name.replace(/(^|[\s-])(\p{L})/gu, (whole, before, letter) => before + letter.toUpperCase());
  }

  static same(one, other) {
    if (one.person && other.person) return one.person === other.person;
    const alike = Typed.bare(one.name) === Typed.bare(other.name);
    return alike && (one.year === other.year || !one.year || !other.year);
  }
}
