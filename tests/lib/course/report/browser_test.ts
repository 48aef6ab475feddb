import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { figures as figuresOfA } from "../../../../exercises/a_vae/figures.ts";
import * as solutionA from "../../../../exercises/a_vae/solution.ts";
import { figures as figuresOfB } from "../../../../exercises/b_score/figures.ts";
import * as solutionB from "../../../../exercises/b_score/solution.ts";
import { figures as figuresOfE } from "../../../../exercises/e_ebm/figures.ts";
import * as solutionE from "../../../../exercises/e_ebm/solution.ts";
import type { ReportContent } from "../../../../lib/course/report/content.ts";
import { inProcess } from "../../../../lib/course/student.ts";
import { writeReport } from "../../../../lib/course/report/write.ts";
import { hasBrowser, type OpenPage, withPage } from "./browser.ts";
import { sampleContent } from "./sample.ts";

/** What stands out of the page to the right, but for what scrolls by itself, and roots, cut off. */
const OVERFLOWING = `[...document.querySelectorAll("body *")].filter((element) =>
  element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 &&
  !element.closest("pre, table, .katex-display, .katex-mathml, .hide-tail")
).map((element) => element.outerHTML.slice(0, 80))`;

/** What holds for every report. */
async function looksRight(page: OpenPage, url: string, pictures: number): Promise<void> {
  const { evaluate } = page;
  for (const width of [360, 1200]) {
    await page.setWidth(width);
    assertEquals(await evaluate("innerWidth"), width);
    const sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assertEquals(await evaluate(sideways), 0, `at ${width} pixels`);
    assertEquals(await evaluate(OVERFLOWING), [], `at ${width} pixels`);
    const sizes = await evaluate<number[][]>(
      "[...document.images].map((image) => [image.width, image.height, image.naturalWidth])",
    );
    assertEquals(sizes.length, pictures);
    for (const [shown, high, natural] of sizes) {
      assert(natural > 1000 && high > 50 && shown > 0.75 * Math.min(width, natural / 2));
      assert(shown <= width);
    }
  }
  // The first form of a formula is for screen readers, and holds its source.
  await evaluate("document.querySelectorAll('.katex-mathml').forEach((e) => e.remove())");
  assertEquals(await evaluate("document.querySelectorAll('.katex-error').length"), 0);
  const fonts = "document.fonts.ready.then((fonts) => " +
    "[...fonts].map(({ status }) => status).sort().join(' '))";
  assertMatch(await evaluate<string>(fonts), /^(loaded ?)+( ?unloaded)*$/);
  assertEquals(await evaluate("document.scripts.length"), 0);
  const beyond = page.requests.filter((request) => request !== url && !request.startsWith("data:"));
  assertEquals(beyond, []);
  assertEquals(page.problems, []);
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes a report and opens it. */
async function look(
  content: ReportContent,
  folder: string,
  more: (page: OpenPage) => Promise<void>,
) {
  const path = join(folder, "report.html");
  await writeReport(path, content);
  const pictures = content.figures.filter((figure) => "path" in figure).length;
  await withPage(path, async (page) => {
    await looksRight(page, pathToFileURL(path).href, pictures);
    await more(page);
  });
}

Deno.test({
  name: "in a browser a report loads nothing, fits narrow and wide screens, and answers stay text",
  // Looked at where Debian's chromium is installed.
  ignore: !hasBrowser(),
  fn: () =>
    inFolder(async (folder) => {
      await look(await sampleContent(folder), folder, async ({ evaluate }) => {
        assertEquals(await evaluate("document.querySelectorAll('.katex').length"), 6);
        const text = await evaluate<string>("document.body.innerText");
        assertEquals(text.match(/\$/g), ["$"], "the price alone has a dollar sign");
        assert(!text.includes("\\"));
        assert(text.includes('<script>document.title = "taken over"</script>'));
        assertEquals(await evaluate("document.title"), "Exercise X: <i>samples</i>");
        assertEquals(
          await evaluate("[...document.links].map(({ href }) => href).filter((h) => !/#/.test(h))"),
          ["https://arxiv.org/abs/1312.6114", "https://example.com/"],
        );
      });
    }),
});

Deno.test({
  name: "in a browser the reports of exercises show every formula and picture",
  ignore: !hasBrowser(),
  async fn() {
    const subjects = [
      ["a_vae", figuresOfA, solutionA, 3],
      ["b_score", figuresOfB, solutionB, 3],
      ["e_ebm", figuresOfE, solutionE, 5],
    ] as const;
    for (const [name, draw, solution, count] of subjects) {
      await inFolder(async (folder) => {
        const read = (file: string) =>
          Deno.readTextFile(new URL(`../../../../exercises/${name}/${file}`, import.meta.url));
        const content = {
          ...await sampleContent(folder),
          task: await read("README.md"),
          questions: await read("questions.md"),
          answers: undefined,
          figures: await draw(inProcess({ ...solution }), { out: folder, seed: 0 }),
        };
        assertEquals(content.figures.length, count);
        await look(content, folder, async ({ evaluate }) => {
          const text = await evaluate<string>("document.body.innerText");
          assert(!/[$\\]/.test(text));
          assert(await evaluate<number>("document.querySelectorAll('.katex').length") > 20);
        });
      });
    }
  },
});
