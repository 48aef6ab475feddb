import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { textWidth } from "../../../lib/plot/text.ts";
import { vegaToPng } from "../../../lib/plot/vega.ts";
import { bothPictures } from "./both_pictures.ts";
import { decode, isInk } from "./decode.ts";

const specification = {
  data: { values: [{ digit: 1, count: 3 }, { digit: 2, count: 5 }] },
  mark: "bar",
  encoding: {
    x: { field: "digit", type: "ordinal" },
    y: { field: "count", type: "quantitative" },
  },
  width: 400,
} as const;

Deno.test("a title is as wide as its text, special characters included", async () => {
  for (const title of ["mmmm", "&<>&<>", "x̂₀ ~ q(x₀)"]) {
    const picture = await decode(await vegaToPng({ ...specification, title }));
    const columns = Array.from({ length: picture.width }, (_, x) => x)
      .filter((x) => picture.count(isInk, { left: x, right: x + 1, top: 0, bottom: 36 }) > 0);
    const inked = columns[columns.length - 1] - columns[0] + 1;
    assertAlmostEquals(inked, textWidth(title, 18), 6, title);
  }
});

Deno.test("a picture is opaque and white where nothing is drawn", async () => {
  const { at, channels } = await decode(await vegaToPng(specification));
  assertEquals(channels, 3);
  assertEquals(at(0, 0), [255, 255, 255]);
});

Deno.test("text of several lines, which would be lost, is refused", async () => {
  await assertRejects(() => vegaToPng({ ...specification, title: ["one", "two"] }));
});

Deno.test({
  name: "pictures need no fonts, and only ffi, two variables and /usr/bin/ldd",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-prompt",
        "--allow-ffi",
        "--allow-env=npm_package_config_libvips,MALLOC_ARENA_MAX",
        "--allow-read=/usr/bin/ldd",
        new URL("./both_pictures.ts", import.meta.url).href,
      ],
      env: { FONTCONFIG_FILE: "/dev/null", FONTCONFIG_PATH: "/nonexistent" },
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    const expected = await bothPictures();
    assertEquals(
      stdout,
      new Uint8Array(await new Blob(expected.map((png) => png.slice())).arrayBuffer()),
    );
  },
});
