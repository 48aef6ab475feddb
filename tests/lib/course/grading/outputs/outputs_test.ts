import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { writeOutputs } from "../../../../../lib/course/grading/outputs/mod.ts";
import { fileNameOf } from "../../../../../lib/course/grading/outputs/names.ts";
import { DataError } from "../../../../../lib/errors.ts";
import { NASTY, nastyRow, rowOf, sampleRows } from "./sample.ts";

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(join(folder, "out"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The files of a folder and their texts. */
async function filesOf(folder: string, path = ""): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const entries = await Array.fromAsync(Deno.readDir(join(folder, path)));
  for (const { name, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const inner = join(path, name);
    if (!isDirectory) files.set(inner, await Deno.readTextFile(join(folder, inner)));
    else for (const [name, text] of await filesOf(folder, inner)) files.set(name, text);
  }
  return files;
}

Deno.test("every form of the results is written, and nothing else is left", () =>
  inFolder(async (out) => {
    await writeOutputs(out, sampleRows());
    const names = ["ada", "bob", "cleo", "dan"].map(fileNameOf).sort();
    assertEquals([...(await filesOf(out)).keys()], [
      ...["grades.csv", "grades.json", "grades.schema.json"],
      ...names.map((name) => `gradescope/${name}/results.json`),
      ...["index.html", "junit.xml", "nbgrader.csv", "rubric.csv"],
      ...names.map((name) => `students/${name}.html`),
    ]);
  }));

Deno.test("the same rows in any order give the same bytes, and so does a second run", () =>
  inFolder(async (out) => {
    const rows = [...sampleRows(), ...NASTY.map(nastyRow)];
    await writeOutputs(out, rows);
    const first = await filesOf(out);
    await writeOutputs(out, rows.toReversed());
    assertEquals(await filesOf(out), first);
    await Deno.remove(out, { recursive: true });
    await writeOutputs(out, rows.toReversed());
    assertEquals(await filesOf(out), first);
  }));

Deno.test("what differs from run to run stands in seconds and times alone", () =>
  inFolder(async (out) => {
    const slower = sampleRows().map((row) => ({
      ...row,
      seconds: row.seconds * 3,
      checks: row.checks.map((check) => ({ ...check, seconds: check.seconds * 5 })),
    }));
    const timeless = async () => {
      const files = await filesOf(out);
      return Array.from(files, ([name, text]) => [
        name,
        text.replaceAll(/("seconds":|"execution_time": |time=")[\d.]+/g, "$1")
          .replaceAll(/<(p|td) class="(number )?seconds".*?<\/\1>/gs, "")
          .replaceAll(/,[\d.]+\r\n/g, ",\r\n"),
      ]);
    };
    await writeOutputs(out, sampleRows());
    const first = await timeless();
    await writeOutputs(out, slower);
    assertEquals(await timeless(), first);
  }));

Deno.test("no name of a student leads a file out of the folder", () =>
  inFolder(async (out) => {
    await writeOutputs(out, NASTY.map(nastyRow));
    assertEquals(Array.from(Deno.readDirSync(join(out, "..")), ({ name }) => name), ["out"]);
    assertEquals(Array.from(Deno.readDirSync(join(out, "students"))).length, NASTY.length);
    assertEquals(Array.from(Deno.readDirSync(join(out, "gradescope"))).length, NASTY.length);
  }));

Deno.test("marks reach every form, and a regrade keeps them", () =>
  inFolder(async (out) => {
    await writeOutputs(out, sampleRows());
    const path = join(out, "rubric.csv");
    const text = await Deno.readTextFile(path);
    const marked = text.replace(/^(ada,a,2,.*?,),1,,/m, '$10.5,1,"short, but right",');
    assert(marked !== text);
    await Deno.writeTextFile(path, marked);
    for (const _ of ["a regrade", "another"]) {
      await writeOutputs(out, sampleRows());
      const files = await filesOf(out);
      assertEquals(files.get("rubric.csv"), marked);
      const [ada] = JSON.parse(files.get("grades.json")!).results;
      assertEquals([ada.manualScore, ada.total, ada.answers[1].comment], [
        ...[0.5, 4.5, "short, but right"],
      ]);
      assertMatch(files.get("grades.csv")!, /\r\nada,a,4,4,0\.5,2,1,4\.5,6,/);
      assertMatch(files.get("nbgrader.csv")!, /exercise_a,,,ada,,,,4\.5,0,4\.5,6/);
      const page = files.get(`students/${fileNameOf("ada")}.html`)!;
      assert(page.includes("short, but right"));
    }
  }));

Deno.test("marks in the folders of parts count in the whole, and its own before theirs", () =>
  inFolder(async (out) => {
    const rows = sampleRows();
    const parts = ["ada", "bob"].map((student) => join(out, "..", student));
    for (const [i, part] of parts.entries()) {
      await writeOutputs(part, rows.filter(({ student }) => student === ["ada", "bob"][i]));
      const path = join(part, "rubric.csv");
      const text = await Deno.readTextFile(path);
      await Deno.writeTextFile(path, text.replace(/^(\w+,a,2,.*?,),1,/m, `$1${(i + 1) / 4},1,`));
    }
    const scores = async () => {
      const { results } = JSON.parse((await filesOf(out)).get("grades.json")!);
      return results.map(({ manualScore }: { manualScore: number | null }) => manualScore);
    };
    await writeOutputs(out, rows, { marksOf: parts });
    assertEquals(await scores(), [0.25, null, 0.5, null, null]);
    const path = join(out, "rubric.csv");
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace(",0.25,", ",1,"));
    await writeOutputs(out, rows, { marksOf: parts });
    assertEquals(await scores(), [1, null, 0.5, null, null]);
  }));

Deno.test("while the rubric is damaged nothing is written at all", () =>
  inFolder(async (out) => {
    await writeOutputs(out, sampleRows());
    const path = join(out, "rubric.csv");
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace(",1,,", "good,1,,"));
    const before = await filesOf(out);
    const error = await assertRejects(() =>
      writeOutputs(out, [rowOf("new", ["passed", "passed"])])
    );
    assert(error instanceof DataError);
    assertMatch(error.message, /rubric\.csv, row 2 \(line 2\): points is "good"/);
    assertEquals(await filesOf(out), before);
  }));

Deno.test("the class's page leads to similar submissions if their page is there", () =>
  inFolder(async (out) => {
    await writeOutputs(out, sampleRows());
    assert(!(await filesOf(out)).get("index.html")!.includes("similarity.html"));
    await Deno.writeTextFile(join(out, "similarity.html"), "");
    await writeOutputs(out, sampleRows());
    assert((await filesOf(out)).get("index.html")!.includes("similarity.html"));
  }));

Deno.test("no rows at all are results too", () =>
  inFolder(async (out) => {
    await writeOutputs(out, []);
    assertEquals(JSON.parse((await filesOf(out)).get("grades.json")!).results, []);
  }));
