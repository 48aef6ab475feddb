import { assertRejects } from "@std/assert";
import { DataError } from "../../../lib/errors.ts";
import { writePng } from "../../../lib/plot/write.ts";

Deno.test("a picture that cannot be written is an error of writePng", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await assertRejects(
      () => writePng(folder, Uint8Array.of(137, 80, 78, 71)),
      DataError,
      `writePng: cannot write ${folder}`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
