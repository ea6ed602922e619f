// Patterns of expressions: the same machine as surveys/expressions/patterns.py, which keeps places as
// bits. It looks at each character once and keeps all ways to go on, so that no pattern runs for long.
(() => {
  const MOST_STEPS = 500;
  const MOST_REPEATS = 1000;
  const MOST_CACHED = 2000;
  const MOST_GROUPS = 20;
  const LAST = 0x10ffff;

  const others = (ranges) => {
    const found = [];
    let start = 0;
    for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
      if (low > start) found.push([start, low - 1]);
      start = Math.max(start, high + 1);
    }
    if (start <= LAST) found.push([start, LAST]);
    return found;
  };
  const DIGITS = [[48, 57]];
  const WORD = [[48, 57], [65, 90], [95, 95], [97, 122]];
  const SPACE = [[9, 13], [32, 32], [160, 160]];
  const NAMED = new Map([
    ["d", DIGITS],
    ["w", WORD],
    ["s", SPACE],
    ["D", others(DIGITS)],
    ["W", others(WORD)],
    ["S", others(SPACE)],
  ]);
  const ANY = others([[10, 10]]);
  const CONTROL = new Map([["n", 10], ["r", 13], ["t", 9]]);
  const SIGNS = new Set("\\^$.|?*+()[]{}/-!\"#%&',:;<=>@_`~ ");

  class PatternError extends Error {}

  const shifted = (code, by) => code.map((step) => ({ ...step, to: step.to.map((n) => n + by) }));
  const step = (kind, { ranges = [], to = [] } = {}) => ({ kind, ranges, to });
  const go = (...to) => step("go", { to });
  const bounded = (code) => {
    if (code.length > MOST_STEPS) throw new PatternError();
    return code;
  };

  const repeat = (part, least, most) => {
    let code = [];
    for (let time = 0; time < least; time += 1) {
      code = bounded([...code, ...shifted(part, code.length)]);
    }
    const start = code.length;
    if (most === null) {
      const again = [go(start + 1, start + part.length + 2), ...shifted(part, start + 1)];
      return bounded([...code, ...again, go(start)]);
    }
    for (let time = 0; time < most - least; time += 1) {
      const here = code.length;
      const way = go(here + 1, here + part.length + 1);
      code = bounded([...code, way, ...shifted(part, here + 1)]);
    }
    return code.length ? code : [go(1)];
  };

  class PatternReader {
    constructor(text) {
      this.signs = [...text];
      this.place = 0;
    }

    get next() {
      return this.signs[this.place] ?? "";
    }

    took(sign) {
      if (this.next !== sign) return false;
      this.place += 1;
      return true;
    }

    refuse(isWrong) {
      if (isWrong) throw new PatternError();
    }

    refuseRepeating() {
      this.refuse(this.next && "*+?{".includes(this.next));
    }

    either(depth) {
      this.refuse(depth > MOST_GROUPS);
      let code = this.sequence(depth);
      while (this.took("|")) {
        const other = this.sequence(depth);
        const behind = code.length + 2;
        code = bounded([
          go(1, behind),
          ...shifted(code, 1),
          go(behind + other.length),
          ...shifted(other, behind),
        ]);
      }
      return code;
    }

    sequence(depth) {
      const code = [];
      while (this.next && !"|)".includes(this.next)) {
        code.push(...shifted(this.repeated(depth), code.length));
        bounded(code);
      }
      return code.length ? code : [go(1)];
    }

    repeated(depth) {
      if (this.next === "^" || this.next === "$") {
        const code = [step(this.next === "^" ? "start" : "end")];
        this.place += 1;
        this.refuseRepeating();
        return code;
      }
      const code = this.part(depth);
      const counts = this.counts();
      if (!counts) return code;
      this.took("?");
      this.refuseRepeating();
      return repeat(code, ...counts);
    }

    counts() {
      if (this.took("*")) return [0, null];
      if (this.took("+")) return [1, null];
      if (this.took("?")) return [0, 1];
      if (this.next !== "{") return null;
      const found = /^\{([0-9]{1,4})(,([0-9]{0,4}))?\}/.exec(
        this.signs.slice(this.place, this.place + 12).join(""),
      );
      this.refuse(!found);
      this.place += found[0].length;
      const least = Number(found[1]);
      const open = found[3] ? Number(found[3]) : null;
      const most = found[2] === undefined ? least : open;
      this.refuse(Math.max(least, most ?? 0) > MOST_REPEATS || (most !== null && most < least));
      return [least, most];
    }

    part(depth) {
      this.refuseRepeating();
      if (this.took("(")) {
        if (this.took("?")) this.refuse(!this.took(":"));
        const code = this.either(depth + 1);
        this.refuse(!this.took(")"));
        return code;
      }
      if (this.took("[")) return [step("take", { ranges: this.set() })];
      return [step("take", { ranges: this.took(".") ? ANY : this.one()[0] })];
    }

    one() {
      const single = (code) => [[[code, code]], true];
      const sign = this.next;
      this.place += 1;
      if (sign !== "\\") return single(sign.codePointAt(0));
      const escaped = this.next;
      this.place += 1;
      if (NAMED.has(escaped)) return [NAMED.get(escaped), false];
      if (CONTROL.has(escaped)) return single(CONTROL.get(escaped));
      this.refuse(!SIGNS.has(escaped));
      return single(escaped.codePointAt(0));
    }

    set() {
      const isTurned = this.took("^");
      const found = [];
      while (!this.took("]")) {
        this.refuse(!this.next || this.next === "[");
        let [ranges, isSingle] = this.one();
        if (isSingle && this.next === "-" && this.signs[this.place + 1] !== "]") {
          ranges = this.span(ranges[0][0]);
        }
        found.push(...ranges);
      }
      this.refuse(!found.length);
      return isTurned ? others(found) : found;
    }

    span(low) {
      this.place += 1;
      this.refuse(!this.next || this.next === "[");
      const [ranges, isSingle] = this.one();
      this.refuse(!isSingle || ranges[0][0] < low);
      return [[low, ranges[0][0]]];
    }
  }

  class Pattern {
    constructor(text) {
      const reader = new PatternReader(text);
      this.steps = reader.either(0);
      reader.refuse(reader.next);
      this.known = new Map();
    }

    fits(text) {
      const signs = [...text];
      let now = this.reached([0], true, !signs.length);
      for (const [place, sign] of signs.entries()) {
        if (!now.length) return false;
        now = this.after(now, sign, place === signs.length - 1);
      }
      return now.includes(this.steps.length);
    }

    after(now, sign, isEnd) {
      const key = `${now} ${sign}`;
      if (!isEnd && this.known.has(key)) return this.known.get(key);
      const code = sign.codePointAt(0);
      const takes = (place) =>
        place < this.steps.length &&
        this.steps[place].ranges.some(([low, high]) => low <= code && code <= high);
      const reached = this.reached(now.filter(takes).map((place) => place + 1), false, isEnd);
      if (!isEnd) {
        if (this.known.size >= MOST_CACHED) this.known.clear();
        this.known.set(key, reached);
      }
      return reached;
    }

    reached(places, isStart, isEnd) {
      const seen = new Set();
      const found = [];
      const waiting = [...places];
      while (waiting.length) {
        const place = waiting.pop();
        if (seen.has(place)) continue;
        seen.add(place);
        const { kind, to } = this.steps[place] ?? step("take");
        if (kind === "take") found.push(place);
        else if (kind === "go") waiting.push(...to);
        else if (kind === "start" ? isStart : isEnd) waiting.push(place + 1);
      }
      return found.sort((a, b) => a - b);
    }
  }

  window.expressions = { Pattern, PatternError };
})();
