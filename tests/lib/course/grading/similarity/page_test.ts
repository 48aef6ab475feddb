import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { writeSimilarity } from "../../../../../lib/course/grading/similarity/mod.ts";
import type { Submission } from "../../../../../lib/course/grading/similarity/compare.ts";
import { classOf, DISGUISES, TASK_A, TASK_B } from "./class.ts";

async function report(submissions: readonly Submission[]): Promise<{ json: string; html: string }> {
  const out = await Deno.makeTempDir();
  try {
    await writeSimilarity(out, submissions);
    const [json, html] = await Promise.all(
      ["similarity.json", "similarity.html"].map((name) => Deno.readTextFile(`${out}/${name}`)),
    );
    assertEquals([...Deno.readDirSync(out)].length, 2);
    return { json, html };
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

const CLASS = [...classOf(TASK_A, 12), ...classOf(TASK_B, 8)];
const COPY = { ...CLASS[3], student: "zoe", text: DISGUISES["other names"](CLASS[3].text) };

Deno.test("each exercise has its pairs, and the copy is the first of its own", async () => {
  const { json, html } = await report([...CLASS, COPY]);
  const { exercises } = JSON.parse(json);
  assertEquals(exercises.map(({ exercise }: { exercise: string }) => exercise), ["a", "b"]);
  const [{ pairs: [first], submissions }] = exercises;
  assertEquals(submissions, 13);
  assertEquals(first.students, ["s003", "zoe"]);
  assert(first.regions.length > 0);
  assertStringIncludes(html, '<a href="#a-1">s003 and zoe</a>');
  // Both sides of a line that they have in common.
  const line = /\.mul\(randn\(mu\.shape\)\)|exp\(\)/;
  assert(
    html.split("\n").filter((text) => /class="same"/.test(text) && line.test(text)).length > 1,
  );
});

Deno.test("the same submissions give the same bytes, in any order", async () => {
  assertEquals(await report([COPY, ...CLASS].toReversed()), await report([...CLASS, COPY]));
});

Deno.test("nothing in names or code is markup, moves a cursor, or turns the direction", async () => {
  const nasty = "<img src=x onerror=alert(1)>\x1b[2J\u202e</span><script>alert(2)</script>&\"'";
  const text = `// ${nasty} and some more of it\nlet wobble = "${nasty}"; ${COPY.text}`;
  const hostile = ["1", "2"].map((end) => ({ student: nasty + end, exercise: "a", text }));
  const { html } = await report([...CLASS, ...hostile]);
  const found = html.match(/&lt;img src=x onerror=alert\(1\)&gt;/g);
  assert(found !== null && found.length > 4);
  assert(!/<(?:img|script)/.test(html) && !/\p{Bidi_Control}/u.test(html));
  assert(!html.includes("\x1b") && !/\shref="(?!#|data:,)/.test(html));
  const policy = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'";
  assertStringIncludes(html, `content="${policy.replaceAll("'", "&#39;")}"`);
});

Deno.test("without submissions there is a report that says so", async () => {
  const { json, html } = await report([]);
  assertEquals(JSON.parse(json), { exercises: [] });
  assertStringIncludes(html, "There is nothing to compare.");
});

Deno.test("many long files that are the same fill no more than a page", async () => {
  const [text] = [
    Array.from({ length: 12_000 }, (_, i) => "+-*%&|^"[(i * i) % 7] + i % 10).join("\n"),
  ];
  const copies = Array.from({ length: 5 }, (_, i) => ({ student: `s${i}`, exercise: "a", text }));
  const { html } = await report([...copies, ...classOf(TASK_A, 3)]);
  assertStringIncludes(html, "lines more");
  assert(html.length < 2e6, `${html.length} characters`);
});
