import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { entryOf } from "../../../exercises/catalogue.ts";
import { hasCode } from "../../../lib/course/entry.ts";
import { openSource, sourceOf } from "../../../lib/course/source.ts";
import { DataError } from "../../../lib/errors.ts";

const ENTRY = entryOf("a");
assert(hasCode(ENTRY));

Deno.test({
  name: "a link to a file is checked as that file; a link to nothing is a file that is not there",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.realPath(await Deno.makeTempDir());
    const [file, link, broken] = ["a.ts", "link.ts", "broken.ts"].map((name) => join(folder, name));
    await Deno.writeTextFile(file, "export const reparameterize = (mu) => mu;");
    await Deno.symlink(file, link);
    await Deno.symlink(join(folder, "nothing.ts"), broken);

    const source = await sourceOf(ENTRY, link);
    assertEquals(source, { kind: "student", file });
    const { student, fault } = await openSource(source);
    assertEquals(fault, undefined);
    await student.close();

    const lost = await openSource(await sourceOf(ENTRY, broken));
    assertEquals(lost.fault?.kind, "file");
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test("a file that was named and is not there is a DataError, whatever else is there", async () => {
  await assertRejects(
    () => sourceOf(ENTRY, "no/such/file.ts"),
    DataError,
    "check the name, or begin with: deno task start a",
  );
});
