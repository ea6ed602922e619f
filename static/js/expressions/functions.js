// Values, operators and functions of expressions, with the results of surveys/expressions/values.py
// and evaluating.py for the same values.
(() => {
  const LONGEST_TEXT = 20000;
  const MANY = 500;

  const trimmed = (text) => text.replace(/^[ \t\r\n\xa0]+/, "").replace(/[ \t\r\n\xa0]+$/, "");
  const wordsIn = (text) => text.split(/[ \t\r\n\xa0]+/).filter(Boolean);
  const finite = (number) => (Number.isFinite(number) ? number : NaN);
  const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const monthDays = (year) => [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

  // Days from 1970 to the first of January of a year; the calendar has the years 1 to 9999.
  const yearStart = (year) => {
    const before = year - 1;
    const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
    return before * 365 + leaps - 719162;
  };

  const daysOf = (text) => {
    const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!found || found[0] !== text) return NaN;
    const [year, month, day] = found.slice(1).map(Number);
    if (year < 1 || month < 1 || month > 12 || day < 1) return NaN;
    const lengths = monthDays(year);
    if (day > lengths[month - 1]) return NaN;
    return yearStart(year) + lengths.slice(0, month - 1).reduce((sum, n) => sum + n, 0) + day - 1;
  };

  const dateOf = (days) => {
    const whole = Math.floor(days);
    if (!(whole >= yearStart(1) && whole < yearStart(10000))) return "";
    let year = Math.max(1, Math.min(9999, Math.floor(whole / 365.2425) + 1970));
    while (yearStart(year) > whole) year -= 1;
    while (yearStart(year + 1) <= whole) year += 1;
    let rest = whole - yearStart(year);
    let month = 0;
    const lengths = monthDays(year);
    while (rest >= lengths[month]) rest -= lengths[month++];
    const padded = (number, width) => String(number).padStart(width, "0");
    return `${padded(year, 4)}-${padded(month + 1, 2)}-${padded(rest + 1, 2)}`;
  };

  const toNumber = (value) => {
    if (typeof value !== "string") return Number(value);
    const text = trimmed(value);
    return /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/.test(text) ? finite(Number(text)) : daysOf(text);
  };

  // The shortest digits that mean this number, never with an exponent.
  const toText = (value) => {
    if (typeof value === "string") return value;
    if (typeof value === "boolean") return value ? "true" : "false";
    if (!Number.isFinite(value)) return "";
    const [digits, exponent] = String(value).split("e");
    if (exponent === undefined) return digits;
    const sign = digits.startsWith("-") ? "-" : "";
    const [whole, part = ""] = digits.replace("-", "").split(".");
    const all = whole + part;
    const point = whole.length + Number(exponent);
    if (point <= 0) return `${sign}0.${"0".repeat(-point)}${all}`;
    return sign + all.padEnd(point, "0");
  };

  const toBoolean = (value) =>
    typeof value === "number" ? value !== 0 && Number.isFinite(value) : Boolean(value);

  const same = (left, right) => {
    const has = (kind) => typeof left === kind || typeof right === kind;
    if (has("boolean")) return toBoolean(left) === toBoolean(right);
    if (has("number")) return toNumber(left) === toNumber(right);
    return left === right;
  };

  const floor = (number) => (Number.isFinite(number) ? Math.floor(number) : NaN);
  const nearest = (number) => {
    const below = floor(number);
    return number - below >= 0.5 ? below + 1 : below;
  };
  const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];
  const round = (value, places = 0) => {
    const wanted = toNumber(places);
    if (!Number.isFinite(wanted)) return NaN;
    const shift = Math.max(-10, Math.min(10, Math.trunc(wanted)));
    const power = POWERS[Math.abs(shift)];
    const number = toNumber(value);
    if (shift < 0) return finite(nearest(number / power) * power);
    return nearest(finite(number * power)) / power;
  };
  const date = (value) => {
    const isText = typeof value === "string";
    return dateOf(toNumber(isText ? [...trimmed(value)].slice(0, 10).join("") : value));
  };
  const extreme = (choose) => (...values) => {
    const numbers = values.map(toNumber);
    return numbers.every(Number.isFinite) ? choose(...numbers) : NaN;
  };
  const cut = (text) =>
    text.length > LONGEST_TEXT ? [...text].slice(0, LONGEST_TEXT).join("") : text;
  const concat = (...values) => values.reduce((joined, value) => cut(joined + toText(value)), "");

  const FUNCTIONS = new Map([
    ["selected", [2, 2, (a, b) => wordsIn(toText(a)).includes(trimmed(toText(b)))]],
    ["count-selected", [1, 1, (value) => wordsIn(toText(value)).length]],
    ["string-length", [1, 1, (value) => [...toText(value)].length]],
    ["normalize-space", [1, 1, (value) => wordsIn(toText(value)).join(" ")]],
    ["concat", [1, MANY, concat]],
    ["string", [1, 1, toText]],
    ["number", [1, 1, toNumber]],
    ["boolean", [1, 1, toBoolean]],
    ["int", [1, 1, (value) => finite(Math.trunc(toNumber(value)))]],
    ["round", [1, 2, round]],
    ["min", [1, MANY, extreme(Math.min)]],
    ["max", [1, MANY, extreme(Math.max)]],
    ["if", [3, 3, (test, yes, no) => (toBoolean(test) ? yes : no)]],
    ["coalesce", [1, MANY, (...values) => values.find((value) => toText(value)) ?? ""]],
    ["not", [1, 1, (value) => !toBoolean(value)]],
    ["true", [0, 0, () => true]],
    ["false", [0, 0, () => false]],
    ["date", [1, 1, date]],
    ["today", [0, 0, null]],
    ["now", [0, 0, null]],
    ["regex", [2, 2, null]],
  ]);

  const numeric = (run) => (a, b) => finite(run(toNumber(a), toNumber(b)));
  const ordered = (run) => (a, b) => run(toNumber(a), toNumber(b));
  const OPERATORS = new Map([
    ["or", (a, b) => toBoolean(a) || toBoolean(b)],
    ["and", (a, b) => toBoolean(a) && toBoolean(b)],
    ["=", same],
    ["!=", (a, b) => !same(a, b)],
    ["<", ordered((a, b) => a < b)],
    ["<=", ordered((a, b) => a <= b)],
    [">", ordered((a, b) => a > b)],
    [">=", ordered((a, b) => a >= b)],
    ["+", numeric((a, b) => a + b)],
    ["-", numeric((a, b) => a - b)],
    ["*", numeric((a, b) => a * b)],
    ["div", numeric((a, b) => (b ? a / b : NaN))],
    ["mod", numeric((a, b) => a % b)],
  ]);

  Object.assign(window.expressions, {
    FUNCTIONS,
    OPERATORS,
    finite,
    toBoolean,
    toNumber,
    toText,
    trimmed,
    wordsIn,
  });
})();
