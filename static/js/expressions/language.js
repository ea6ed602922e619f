// Expressions in the browser: the language of surveys/expressions/, with the same results for the
// same texts (tests/surveys/expression_cases.json). Nothing is ever run as a script: a text becomes
// a tree, and the tree a number, a text or a boolean. Errors carry a code and a character.
(() => {
  const { FUNCTIONS, OPERATORS, Pattern, PatternError } = window.expressions;
  const { finite, toNumber, toText, trimmed } = window.expressions;
  const LONGEST = 2000;
  const DEEPEST = 50;
  const MOST_NODES = 500;

  class ExpressionError extends Error {
    constructor(code, position) {
      super(code);
      this.code = code;
      this.position = position;
    }
  }

  const fail = (code, position) => {
    throw new ExpressionError(code, position);
  };

  const RANKS = [
    ["or"],
    ["and"],
    ["=", "!="],
    ["<", "<=", ">", ">="],
    ["+", "-"],
    ["*", "div", "mod"],
  ];
  const WORDS = ["or", "and", "div", "mod"];
  const TOKENS = [
    ["white", /[ \t\r\n\xa0]+/y],
    ["number", /[0-9]+(?:\.[0-9]*)?|\.[0-9]+/y],
    ["text", /'[^']*'|"[^"]*"/y],
    ["name", /\$\{ *[A-Za-z_][A-Za-z0-9_.-]* *\}/y],
    ["own", /\.(?![.A-Za-z0-9_])/y],
    ["word", /[A-Za-z_][A-Za-z0-9_.:-]*/y],
    ["sign", /!=|<=|>=|[=<>+\-*(),]/y],
  ];

  const tokensOf = (source) => {
    const tokens = [];
    let place = 0;
    let position = 0; // counts characters; a place counts halves of rare ones
    while (place < source.length) {
      let found = null;
      for (const [kind, pattern] of TOKENS) {
        pattern.lastIndex = place;
        const text = pattern.exec(source)?.[0];
        if (text === undefined) continue;
        found = { kind, text, position };
        break;
      }
      if (!found) {
        const misfits = { "'": "open_text", '"': "open_text", $: "open_name" };
        fail(misfits[source[place]] ?? "character", position);
      }
      place += found.text.length;
      position += [...found.text].length;
      if (found.kind === "text") found.text = found.text.slice(1, -1);
      if (found.kind === "name") found.text = found.text.slice(2, -1).trim();
      if (found.kind !== "white") tokens.push(found);
    }
    tokens.push({ kind: "end", text: "", position });
    return tokens;
  };

  class Parser {
    constructor(source) {
      this.tokens = tokensOf(source);
      this.number = 0;
      this.nodes = 0;
    }

    get next() {
      return this.tokens[this.number];
    }

    take() {
      const token = this.next;
      if (token.kind !== "end") this.number += 1;
      return token;
    }

    isSign(text) {
      return this.next.kind === "sign" && this.next.text === text;
    }

    count(token) {
      this.nodes += 1;
      if (this.nodes > MOST_NODES) fail("too_big", token.position);
    }

    deeper(token, depth) {
      if (depth >= DEEPEST) fail("too_deep", token.position);
    }

    chain(rank, depth) {
      if (rank === RANKS.length) return this.signed(depth);
      const first = this.chain(rank + 1, depth);
      const rest = [];
      while (["sign", "word"].includes(this.next.kind) && RANKS[rank].includes(this.next.text)) {
        const operator = this.take();
        this.count(operator);
        rest.push([OPERATORS.get(operator.text), this.chain(rank + 1, depth)]);
      }
      return rest.length ? { kind: "chain", first, rest } : first;
    }

    signed(depth) {
      if (!this.isSign("-")) return this.value(depth);
      const token = this.take();
      this.deeper(token, depth);
      this.count(token);
      return { kind: "negative", of: this.signed(depth + 1) };
    }

    value(depth) {
      const token = this.take();
      const { kind, text, position } = token;
      this.count(token);
      if (kind === "number") return { kind: "literal", value: finite(Number(text)) };
      if (kind === "text") return { kind: "literal", value: text };
      if (kind === "name") return { kind: "name", code: text };
      if (kind === "own") return { kind: "own" };
      if (kind === "word") return this.call(token, depth);
      if (kind === "sign" && text === "(") {
        this.deeper(token, depth);
        const tree = this.chain(0, depth + 1);
        this.close(token);
        return tree;
      }
      return fail(kind === "end" ? "value_expected_at_end" : "value_expected", position);
    }

    call(word, depth) {
      const { text, position } = word;
      if (!this.isSign("(")) fail(WORDS.includes(text) ? "value_expected" : "bare_word", position);
      if (!FUNCTIONS.has(text)) fail("unknown_function", position);
      this.deeper(word, depth);
      const opening = this.take();
      const given = this.isSign(")") ? [] : this.arguments(depth + 1);
      this.close(opening);
      const [least, most, run] = FUNCTIONS.get(text);
      if (given.length < least || given.length > most) fail("arguments", position);
      if (text === "regex") return this.matching(given);
      const parts = given.map(([tree]) => tree);
      return run ? { kind: "call", run, parts } : { kind: "today" };
    }

    arguments(depth) {
      const found = [];
      for (;;) {
        const { position } = this.next;
        found.push([this.chain(0, depth), position]);
        if (!this.isSign(",")) return found;
        this.take();
      }
    }

    matching([[text], [written, position]]) {
      if (written.kind !== "literal" || typeof written.value !== "string") {
        fail("pattern_not_text", position);
      }
      try {
        return { kind: "matching", text, pattern: new Pattern(written.value) };
      } catch (error) {
        if (error instanceof PatternError) return fail("pattern", position);
        throw error;
      }
    }

    close(opening) {
      if (this.next.kind === "end") fail("open_parenthesis", opening.position);
      if (!this.isSign(")")) fail("operator_expected", this.next.position);
      this.take();
    }
  }

  const parse = (source) => {
    if (!trimmed(source)) fail("empty", 0);
    if ([...source].length > LONGEST) fail("too_long", LONGEST);
    const parser = new Parser(source);
    const tree = parser.chain(0, 0);
    if (parser.next.kind !== "end") fail("operator_expected", parser.next.position);
    return tree;
  };

  // `around` holds `values` (a Map by code), `own` and `today`; what is not there is an empty text.
  const evaluate = (tree, around) => {
    const valueOf = (part) => evaluate(part, around);
    switch (tree.kind) {
      case "literal":
        return tree.value;
      case "name":
        return around.values.get(tree.code) ?? "";
      case "own":
        return around.own ?? "";
      case "today":
        return around.today;
      case "negative":
        return -toNumber(valueOf(tree.of));
      case "matching":
        return tree.pattern.fits(toText(valueOf(tree.text)));
      case "call":
        return tree.run(...tree.parts.map(valueOf));
      default:
        return tree.rest.reduce(
          (value, [run, operand]) => run(value, valueOf(operand)),
          valueOf(tree.first),
        );
    }
  };

  Object.assign(window.expressions, { ExpressionError, evaluate, parse });
})();
