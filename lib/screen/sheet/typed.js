// What people type, read kindly: each reader returns `{ value }`, or `{ fault }` naming the sentence that says how
// to mend it. Nothing typed is null, not a fault.

class Typed {
  static OLDEST = 115;
  static BACK = 60; // days, as lib/field/findings.py has it
  static NAME = /^[\p{L}\p{M}\p{N} .,\-–—'’()/&;+°“”"]+$/u; // as lib/register/typed.py has it

  static bare(text) {
    return fold(text ?? "").replace(/\s+/g, " ").trim();
  }

  // 14/08, 14-8-2021, 14082021, -2, 2 ngày, hôm qua: a day up to the sheet's own.
  static day(text, latest) {
    const typed = Typed.bare(text);
    if (!typed) return { value: null };
    const iso = Typed.back(typed, latest) || Typed.date(typed, latest);
    if (!iso) return { fault: "bad_day" };
    return iso > latest ? { fault: "late_day" } : iso < Typed.shift(latest, -Typed.BACK) ? { fault: "early_day" } : { value: iso };
  }

  static back(typed, latest) {
    const words = { "hom nay": 0, today: 0, "hom qua": 1, yesterday: 1, "hom kia": 2 };
    const number = typed.match(/^(?:-\s?(\d{1,3})|(\d{1,3}) ?(?:ngay|n|days?|d)(?: truoc| roi| qua| ago)?)$/);
    const days = words[typed] ?? (number && Number(number[1] ?? number[2]));
    return days === null || days === undefined ? null : Typed.shift(latest, -days);
  }

  static date(typed, latest) {
    const parts = typed.match(/^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?$/) || typed.match(/^(\d{2})(\d{2})(\d{4})?$/);
    if (!parts) return null;
    const [day, month] = [Number(parts[1]), Number(parts[2])];
    const made = (year) => {
      const iso = new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
      return Number(iso.slice(8)) === day && Number(iso.slice(5, 7)) === month ? iso : null;
    };
    const year = Number(latest.slice(0, 4));
    if (parts[3]) return made(parts[3].length === 2 ? 2000 + Number(parts[3]) : Number(parts[3]));
    const iso = made(year);
    // 30/12 typed in January is of the year before; 20/08 typed on 16/08 is a slip, and is told.
    return iso > latest && iso > Typed.shift(latest, 180) ? made(year - 1) : iso;
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
