import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeReport } from "../../../../lib/course/report/write.ts";
import { hasBrowser, type OpenPage, withPage } from "./browser.ts";
import { sampleContent } from "./sample.ts";

/** What stands out of the page to the right, but for what scrolls by itself. */
const OVERFLOWING = `[...document.querySelectorAll("body *")].filter((element) =>
  element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 &&
  !element.closest("pre, table, .katex-display, .katex-mathml")
).map((element) => element.outerHTML.slice(0, 80))`;

async function looksRight(page: OpenPage, url: string): Promise<void> {
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
    assertEquals(sizes.length, 1);
    for (const [shown, high, natural] of sizes) {
      assert(natural > 1000 && high > 50 && shown > 0.8 * Math.min(width, natural / 2));
      assert(shown <= width);
    }
  }
  assertEquals(await evaluate("document.querySelectorAll('.katex-error').length"), 0);
  assertEquals(await evaluate("document.querySelectorAll('.katex').length"), 6);
  // Formulas have a second form, for screen readers, that holds their source.
  await evaluate("document.querySelectorAll('.katex-mathml').forEach((e) => e.remove())");
  const text = await evaluate<string>("document.body.innerText");
  assertEquals(text.match(/\$/g), ["$"], "the price alone has a dollar sign");
  assert(!text.includes("\\"));
  assertEquals(
    await evaluate("[...document.fonts].filter(({ status }) => status === 'error').length"),
    0,
  );
  assert(
    await evaluate<boolean>("document.fonts.check('16px KaTeX_Math') && document.fonts.size > 5"),
  );

  assertEquals(await evaluate("document.title"), "Exercise X: <i>samples</i>");
  assertEquals(await evaluate("document.scripts.length"), 0);
  assert(text.includes('<script>document.title = "taken over"</script>'));
  assertEquals(
    await evaluate("[...document.links].map(({ href }) => href).filter((href) => !/#/.test(href))"),
    ["https://arxiv.org/abs/1312.6114", "https://example.com/"],
  );

  const beyond = page.requests.filter((request) => request !== url && !request.startsWith("data:"));
  assertEquals(beyond, []);
  assertEquals(page.problems, []);
}

Deno.test({
  name: "in a browser a report loads nothing, has no errors, and fits narrow and wide screens",
  // Looked at where Debian's chromium is installed.
  ignore: !hasBrowser(),
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const path = join(folder, "report.html");
      await writeReport(path, await sampleContent(folder));
      await withPage(path, (page) => looksRight(page, pathToFileURL(path).href));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
