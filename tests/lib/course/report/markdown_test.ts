import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { html } from "../../../../lib/course/report/html.ts";
import { markdown } from "../../../../lib/course/report/markdown.ts";
import { formulaStyles } from "../../../../lib/course/report/fonts.ts";

/** The sources of a text's formulas, as they stand in what is read aloud. */
function formulas(text: string): string[] {
  const annotations = markdown(text).text.matchAll(/<annotation[^>]*>(.*?)<\/annotation>/gs);
  return Array.from(annotations, ([, source]) => source.trim());
}

Deno.test("what is put into a template is text, in attributes as well", () => {
  const name = `"'><script>&`;
  assertEquals(
    html`<a title="${name}">${name}</a>`.text,
    '<a title="&quot;&#39;&gt;&lt;script&gt;&amp;">&quot;&#39;&gt;&lt;script&gt;&amp;</a>',
  );
  assertEquals(html`${[html`<b>${1}</b>`, "<"]}${html`<br>`}`.text, "<b>1</b>&lt;<br>");
});

Deno.test("formulas stand between dollar signs, prices are none", () => {
  assertEquals(formulas("from $a$ to $b + c$, or $\\$3$"), ["a", "b + c", "\\$3"]);
  assertEquals(formulas("costs $5 or $6, $ 7$, $8 $ and 9$"), []);
  assertEquals(formulas("`$a$`\n\n    $b$\n"), []);
  assertEquals(formulas("\\$a$"), []);
});

Deno.test("between two dollar signs a formula is displayed, over several lines", () => {
  const { text } = markdown("$$\na \\\\\n+ b\n$$\n");
  assertStringIncludes(text, "katex-display");
  assertEquals(formulas("so\n$$\na\n+ b\n$$\n- $c$"), ["a\n+ b", "c"]);
  assertEquals(formulas("- so\n\n  $$\n  a\n  $$\n"), ["a"]);
  assertEquals(formulas("$$\na\n$$ and $b$"), ["a", "b"]);
  assertEquals(formulas("$$ a\n\nb $$"), []);
  assert(!markdown("$a$").text.includes("katex-display"));
});

Deno.test("Markdown does not reach into a formula", () => {
  assertEquals(formulas("$a_1 * b_2 * c_1$ and $x_i$ *y*"), ["a_1 * b_2 * c_1", "x_i"]);
});

Deno.test("a formula that cannot be read is shown as it is written", () => {
  assertMatch(markdown("$\\frac{<b>$").text, /katex-error.*\\frac\{&lt;b&gt;/);
});

Deno.test("a formula nested too deep for a stack is shown as it is written", () => {
  const deep = `${"{".repeat(50_000)}<b>${"}".repeat(50_000)}`;
  for (const formulas of ["htmlAndMathml", "mathml"] as const) {
    const { text } = markdown(`$${deep}$ and $a$`, formulas);
    assertStringIncludes(text, `<code>${"{".repeat(50_000)}&lt;b&gt;`);
    assertStringIncludes(text, '<annotation encoding="application/x-tex">a</annotation>');
  }
});

Deno.test("a text of openings without ends is read once, not once for each of them", () => {
  for (const line of ["$$ a\n", "[a]: b\n"]) {
    // Read once for each, these took minutes.
    assertStringIncludes(markdown(`${line.repeat(8000)}\nthe end`).text, "the end", line);
  }
});

Deno.test("as MathML alone a formula brings nothing that styles have to set", () => {
  const { text } = markdown("$\\frac{a}{b}$", "mathml");
  assertStringIncludes(text, "<mfrac>");
  assert(!text.includes("katex-html") && !text.includes("style="));
});

Deno.test("nothing in a text can load, run or lead to a file", () => {
  const cases: [string, RegExp][] = [
    ["<script>alert(1)</script>", /^<p>&lt;script&gt;alert\(1\)&lt;\/script&gt;<\/p>$/],
    ["<img src=x onerror=alert(1)>", /^<p>&lt;img src=x onerror=alert\(1\)&gt;<\/p>$/],
    ["![pic <b>](https://a.b/c.png)", /^<p>pic &lt;b&gt;<\/p>$/],
    ["[a](javascript:alert(1))", /^<p>\[a\]\(javascript:alert\(1\)\)<\/p>$/],
    ["[a](data:text/html,b)", /^<p>\[a\]\(data:text\/html,b\)<\/p>$/],
    ["[*a*](questions.md)", /^<p><span><em>a<\/em><\/span><\/p>$/],
    ["[a](//example.com)", /^<p><span>a<\/span><\/p>$/],
    ["[a](https://a.b) [c](d)", /^<p><a href="https:\/\/a.b">a<\/a> <span>c<\/span><\/p>$/],
    ["$\\href{javascript:alert(1)}{x}$", /^(?!.*<a\b)(?!.*href=)/s],
    ["$\\includegraphics{https://a.b/c.png}$", /^(?!.*<img)/s],
    ["$\\htmlData{a=b}{x}$", /^(?!.*data-a)/s],
  ];
  for (const [text, expected] of cases) assertMatch(markdown(text).text.trim(), expected);
});

Deno.test("headings of a text are below those of the page", () => {
  assertEquals(markdown("# a\n## b\n#### c").text, "<h3>a</h3>\n<h3>b</h3>\n<h4>c</h4>\n");
});

Deno.test("the formulas' styles hold their fonts and name no file", () => {
  const styles = formulaStyles();
  assertEquals(
    styles.match(/url\(/g)?.length,
    styles.match(/url\(data:font\/woff2;base64,/g)?.length,
  );
  for (const family of ["KaTeX_Main", "KaTeX_Math", "KaTeX_AMS", "KaTeX_Size4"]) {
    assertMatch(styles, new RegExp(`@font-face\\{[^}]*font-family:${family};[^}]*url\\(data:`));
  }
  assertStringIncludes(styles, ".katex{");
});
