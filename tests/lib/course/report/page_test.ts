import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { DataError, GenlabError } from "../../../../lib/errors.ts";
import { drawFigures, type Sketch } from "../../../../lib/course/report/draw.ts";
import { page } from "../../../../lib/course/report/page.ts";
import { writeReport } from "../../../../lib/course/report/write.ts";
import { imageGrid } from "../../../../lib/plot/grid.ts";
import { CHECKS, sampleContent } from "./sample.ts";

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What a person reads of a part of a page. */
function textOf(html: string, id: string): string {
  const [, section] = new RegExp(`<section id="${id}">(.*?)</section>`, "s").exec(html) ?? [];
  return section.replace(/<annotation.*?<\/annotation>/gs, "").replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ").trim();
}

Deno.test("a report has the task, checks, numbers, pictures and questions, in this order", () =>
  inFolder(async (folder) => {
    const html = page(await sampleContent(folder), new Map());
    const ids = Array.from(html.matchAll(/<section id="(\w+)"/g), ([, id]) => id);
    assertEquals(ids, ["task", "checks", "numbers", "pictures", "questions"]);
    assert(!html.includes("Title of the file"), "the page has its own title");
    assertMatch(html, /work\/exercise_x.ts · seed 0 · cpu · 1 of 4 checks passed/);
    assertMatch(textOf(html, "numbers"), /recon=33.344, kl=2.480, active_dims=5\/5/);
  }));

Deno.test("a function that is not written is said once; a wrong one says what was found", () =>
  inFolder(async (folder) => {
    const content = await sampleContent(folder);
    assertEquals(
      textOf(page(content, new Map()), "checks"),
      "Checks ○ draw 0 of 2 ○ not written yet: draw, work/exercise_x.ts:14 " +
        "✗ kl 0 of 1 ✗ a distribution is at divergence 0 from itself " +
        "expected kl[0] = 0 received &lt;b&gt;5&lt;/b&gt; where for mu [64, 5] " +
        "✓ nll 1 of 1 ✓ the value of -log p(x)",
    );
  }));

Deno.test("hints are shown when asked for, of checks that did not pass", () =>
  inFolder(async (folder) => {
    const content = await sampleContent(folder);
    const without = page(content, new Map());
    assert(!without.includes("Which constant?") && !without.includes("Hint"));
    const checks = textOf(page({ ...content, hints: true }, new Map()), "checks");
    assertMatch(checks, /divergence 0 .* Hint\. Which constant\?/);
    assert(!checks.includes("never shown"));
    assert(!checks.includes("hint of"), "what is not written has its hints in the file");
  }));

Deno.test("the next step stands at the top, or that there is none", () =>
  inFolder(async (folder) => {
    const content = await sampleContent(folder);
    const header = (next?: string) =>
      page({ ...content, next }, new Map()).replace(/<[^>]*>/g, "").match(/checks passed\s*(.*)/)
        ?.[1];
    assertEquals(header("mend kl, <i>"), "Next: mend kl, &lt;i&gt;");
    assertEquals(header()?.trim(), "All is done.");
  }));

Deno.test("an error of another kind is named", () =>
  inFolder(async (folder) => {
    const content = await sampleContent(folder);
    const [, , wrong] = CHECKS;
    const checks = [{ ...wrong, finding: undefined, status: "timeout" as const, message: "5 s" }];
    assertMatch(textOf(page({ ...content, checks }, new Map()), "checks"), /✗ timeout 5 s$/);
  }));

Deno.test("numbers and pictures that are not there say so", () =>
  inFolder(async (folder) => {
    const html = page({ ...await sampleContent(folder), numbers: [] }, new Map());
    assertMatch(textOf(html, "numbers"), /when every function can be called/);
    assertMatch(textOf(html, "pictures"), /Samples: left out \(not written yet: draw\)\./);
  }));

Deno.test("questions have their answers below them, as text", () =>
  inFolder(async (folder) => {
    const content = await sampleContent(folder);
    const [, first, second] = textOf(page(content, new Map()), "questions").split(/Question \d/);
    assertMatch(first, /What is .*&lt;script&gt;.* Bold .* elsewhere local/);
    assertMatch(second, /^ Why\? Not answered yet\.$/);
    const unanswered = page({ ...content, answers: undefined }, new Map());
    assertEquals(textOf(unanswered, "questions").match(/Not answered yet/g)?.length, 2);
  }));

Deno.test("a chart is in the page, in the size it has at two pixels for one", () =>
  inFolder(async (folder) => {
    const path = join(folder, "report.html");
    await writeReport(path, await sampleContent(folder));
    const html = await Deno.readTextFile(path);
    const [, data, width] = /<img src="data:image\/png;base64,([^"]+)"[^>]* width="(\d+)"/.exec(
      html,
    )!;
    assertEquals(
      Uint8Array.from(atob(data), (character) => character.charCodeAt(0)),
      await Deno.readFile(join(folder, "line.png")),
    );
    assert(Number(width) > 700 && Number(width) < 800);
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name).sort(), [
      "line.png",
      "report.html",
    ]);
  }));

Deno.test("a grid of images has its own size in the page, so that its text can be read", () =>
  inFolder(async (folder) => {
    const image = { data: new Float32Array(28 * 28), width: 28, height: 28 };
    const path = join(folder, "grid.png");
    await Deno.writeFile(
      path,
      await imageGrid({ rows: [[image, image]], columnTitles: ["a", "b"] }),
    );
    const content = await sampleContent(folder);
    const report = join(folder, "report.html");
    await writeReport(report, { ...content, figures: [{ title: "Grid", caption: "Two.", path }] });
    const [, width] = /<img [^>]* width="(\d+)"/.exec(await Deno.readTextFile(report)) ?? [];
    // Two images of 28 pixels at scale 4, 8 between them and 16 on either side.
    assertEquals(Number(width), 2 * 28 * 4 + 8 + 2 * 16);
  }));

Deno.test("a report that cannot be written is a DataError", () =>
  inFolder(async (folder) => {
    const content = { ...await sampleContent(folder), figures: [] };
    await assertRejects(() => writeReport(join(folder, "line.png", "r.html"), content), DataError);
  }));

Deno.test("figures are written; those that fail are left out, with nothing old in their place", () =>
  inFolder(async (out) => {
    const sketch = (file: string, draw: Sketch["draw"], uses: string[] = []): Sketch => {
      return { file, title: `title of ${file}`, caption: "caption", uses, draw };
    };
    const png = () => Promise.resolve(Uint8Array.of(1, 2));
    await Deno.writeFile(join(out, "b.png"), Uint8Array.of(0));
    const called: string[] = [];
    const figures = await drawFigures([
      sketch("a.png", png),
      sketch("b.png", () => Promise.reject(new GenlabError("gave [3], not [2]"))),
      sketch("c.png", () => (called.push("c"), png()), ["draw"]),
    ], { out, seed: 0, checks: CHECKS });
    assertEquals(figures, [
      { title: "title of a.png", caption: "caption", path: join(out, "a.png") },
      { title: "title of b.png", reason: "gave [3], not [2]" },
      { title: "title of c.png", reason: "not written yet: draw, work/exercise_x.ts:14" },
    ]);
    assertEquals(called, [], "what could not be called in a check is not called again");
    assertEquals(Array.from(Deno.readDirSync(out), ({ name }) => name), ["a.png"]);
    const bug = sketch("d.png", () => Promise.reject(new TypeError("a bug")));
    await assertRejects(() => drawFigures([bug], { out, seed: 0 }), TypeError, "a bug");
  }));

Deno.test("drawing that is ended leaves the pictures that are there", () =>
  inFolder(async (out) => {
    const stop = new AbortController();
    const draw = () => {
      stop.abort();
      return Promise.reject(new GenlabError("its process was ended"));
    };
    const sketch = { file: "a.png", title: "", caption: "", uses: [], draw };
    await Deno.writeFile(join(out, "a.png"), Uint8Array.of(1, 2));
    await assertRejects(
      () => drawFigures([sketch], { out, seed: 0, signal: stop.signal }),
      DOMException,
    );
    assertEquals(await Deno.readFile(join(out, "a.png")), Uint8Array.of(1, 2));
  }));
