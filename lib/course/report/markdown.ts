/**
 * Markdown with formulas as HTML. Nothing in it can load or run anything: HTML is shown as text, a
 * picture as its description, and formulas are rendered here.
 *
 * This module loads a Markdown parser and KaTeX (tens of milliseconds): import it dynamically.
 *
 * @module
 */
import katex from "katex";
import MarkdownIt, { type StateBlock, type StateInline } from "markdown-it";
import { Html } from "./html.ts";

const parser = MarkdownIt({ html: false, linkify: false });
parser.inline.ruler.before("escape", "formula", formula);
const ending = { alt: ["paragraph", "reference", "blockquote", "list"] };
parser.block.ruler.before("fence", "formula", formulaOnLines, ending);
parser.renderer.rules.formula = (tokens, i, _options, env) => {
  const { content, markup } = tokens[i];
  const displayMode = markup === "$$";
  const output = env?.formulas === "mathml" ? "mathml" : "htmlAndMathml";
  try {
    return katex.renderToString(content, {
      displayMode,
      output,
      throwOnError: false,
      strict: "ignore",
    });
  } catch (error) {
    // Thousands of braces inside each other are more than KaTeX's stack holds.
    if (error instanceof RangeError) return `<code>${parser.utils.escapeHtml(content)}</code>`;
    throw error;
  }
};
parser.renderer.rules.image = (tokens, i) => parser.utils.escapeHtml(tokens[i].content);

/** A link to another file leads nowhere from a report: it is shown as its text. */
const isElsewhere = (href: string | number | null) => /^https?:/i.test(String(href));
parser.core.ruler.push("links", ({ tokens }) => {
  for (const { children } of tokens) {
    let open: boolean[] = [];
    for (const token of children ?? []) {
      if (token.type === "link_open") open = [...open, isElsewhere(token.attrGet("href"))];
      if (token.type !== "link_open" && token.type !== "link_close") continue;
      if (!open[open.length - 1]) token.tag = "span";
      if (token.tag === "span") token.attrs = null;
      if (token.type === "link_close") open = open.slice(0, -1);
    }
  }
});

/** A heading of the text is at most of this level: the page has its own above. */
const HIGHEST_HEADING = 3;
parser.core.ruler.push("headings", ({ tokens }) => {
  for (const token of tokens) {
    const level = Number(/^h(\d)$/.exec(token.tag)?.[1] ?? 0);
    if (level > 0) token.tag = `h${Math.max(HIGHEST_HEADING, level)}`;
  }
});

/**
 * What formulas are rendered as: for the eye with KaTeX's own styles and fonts, 200 kB in a page, or
 * as MathML alone, which browsers set in the fonts they have.
 */
export type Formulas = "htmlAndMathml" | "mathml";

/**
 * A Markdown text as HTML. Formulas stand between `$`, or between `$$` on lines of their own; one
 * that KaTeX cannot read is shown as it is written.
 *
 * @example
 * ```ts
 * import { markdown } from "./markdown.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(markdown("*2* < <b>").text, "<p><em>2</em> &lt; &lt;b&gt;</p>\n");
 * ```
 */
export function markdown(text: string, formulas: Formulas = "htmlAndMathml"): Html {
  return new Html(parser.render(text, { formulas }));
}

/**
 * The rule for formulas. As in Pandoc, the opening dollar sign has no space after it, the closing
 * one none before it and no digit after it: prices are no formulas.
 */
function formula(state: StateInline, silent: boolean): boolean {
  const rest = state.src.slice(state.pos, state.posMax);
  const [all, markup, content] = /^(\$\$)([^$]+)\$\$/.exec(rest) ??
    /^(\$)(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$(?!\d)/s.exec(rest) ?? [];
  if (all === undefined) return false;
  if (!silent) {
    const token = state.push("formula", "", 0);
    token.content = content;
    token.markup = markup;
  }
  state.pos += all.length;
  return true;
}

/** The rule for formulas on lines of their own: what would be a list elsewhere is a sum here. */
function formulaOnLines(
  state: StateBlock,
  first: number,
  last: number,
  silent: boolean,
): boolean {
  let text = "";
  for (let line = first; line < last && !state.isEmpty(line); line++) {
    text += state.getLines(line, line + 1, state.blkIndent, false).trim() + "\n";
    if (!text.startsWith("$$")) return false;
    // It is over at the next dollar sign, well or not: nothing is looked at twice.
    if (!text.includes("$", 2)) continue;
    const [, content] = /^\$\$([^$]+)\$\$\n$/.exec(text) ?? [];
    if (content === undefined) return false;
    if (!silent) {
      const token = state.push("formula", "", 0);
      token.content = content;
      token.markup = "$$";
      state.line = line + 1;
    }
    return true;
  }
  return false;
}
