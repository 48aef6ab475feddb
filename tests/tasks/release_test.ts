import { assert, assertEquals, assertMatch } from "@std/assert";
import { join, relative } from "node:path";
import { ENTRIES } from "../../exercises/catalogue.ts";
import { hasCode } from "../../lib/course/entry.ts";
import { isThere } from "../../lib/course/files.ts";
import { solutionsIn } from "../../lib/course/stub.ts";
import { PROJECT, solutionText, StudentProject } from "../student_project.ts";

/** Runs a test in a student edition. */
async function inRelease(test: (edition: StudentProject) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const target = join(folder, "new", "edition");
    const { code, stderr } = await new StudentProject(PROJECT).task("release", target);
    assertEquals([code, stderr], [0, ""]);
    await test(new StudentProject(target));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) paths.push(...await filesOf(path));
    else paths.push(path);
  }
  return paths;
}

Deno.test("the student edition has no solution, no hidden check and no test", async () => {
  await inRelease(async (edition) => {
    const paths = await filesOf(edition.folder);
    const names = paths.map((path) => relative(edition.folder, path));
    for (const name of names) {
      assert(!/(^|\/)(solution\.ts|tests|work|out|\.git|\.ci)(\/|$)/.test(name), name);
    }
    for (const name of ["README.md", "LICENSE", "data/README.md", "exercises/a_vae/stub.ts"]) {
      assert(names.includes(name), name);
    }
    const texts = await Promise.all(
      paths.filter((path) => /\.(ts|md|json)$/.test(path)).map(async (path) => {
        // However it is set in lines.
        return [path, (await Deno.readTextFile(path)).replace(/\s+/g, "")] as const;
      }),
    );
    for (const { folder } of ENTRIES.filter(hasCode)) {
      for (const code of solutionsIn(await solutionText(folder)).values()) {
        // The last statement is what the function comes to; earlier ones alone are no solution.
        const statement = code.slice(code.lastIndexOf("return ")).replace(/\s+/g, "");
        const whole = code.replace(/\s+/g, "");
        for (const [path, text] of texts) {
          // The code of exercise C is given, and has a schedule of its own.
          const isGiven = path.endsWith("lib/models/discrete.ts");
          assert(isGiven || !text.includes(whole), `${path} has a solution of ${folder}`);
          const inExercises = path.includes(`${folder}/`) && statement.length > 20;
          assert(!inExercises || !text.includes(statement), `${path} has ${statement}`);
        }
      }
    }
    assert(!texts.some(([, text]) => text.includes('id:"kl-other-data"')));
    // Nor the formulas of DDPM and of energies, beside the networks that they are for.
    assert(names.includes("lib/models/ddpm/unet.ts"));
    assert(names.includes("lib/models/ebm/networks.ts"));
    assert(!names.some((name) => /models\/\w+\/process/.test(name)));
    for (const name of ["mod.ts", "lib/models/mod.ts"]) {
      const module = await edition.read(name);
      assert(module.includes("export") && !/process|grading/.test(module), name);
    }
  });
});

Deno.test("the student edition's texts name only what is in it", async () => {
  await inRelease(async (edition) => {
    const { tasks } = JSON.parse(await edition.read("deno.json"));
    const readme = await edition.read("README.md");
    const texts = await Promise.all(
      ENTRIES.flatMap(({ folder }) =>
        ["README.md", "questions.md"].map((file) => edition.read(`exercises/${folder}/${file}`))
      ),
    );
    for (
      const [, task] of [readme, ...texts].join("\n").matchAll(/\bdeno(?:@[\d.]+)? task ([\w-]+)/g)
    ) {
      assert(task in tasks, task);
    }
    const paths = Array.from(readme.matchAll(/^\| `([\w.]+)\/?`/gm), ([, path]) => path);
    assert(paths.length > 4);
    for (const path of paths) assert(await isThere(join(edition.folder, path)), path);
  });
});

Deno.test("in the student edition every stub reads as not written yet, and a right one passes", async () => {
  await inRelease(async (edition) => {
    await Promise.all(
      ENTRIES.filter(hasCode).map(async ({ name, folder, code }) => {
        const { functions } = await code.load();
        const unwritten = functions.filter(({ given }) => !given).length;
        const early = await edition.task(`exercise-${name}`);
        assertEquals([early.code, early.stdout], [1, ""]);
        assertMatch(early.stderr, /is not begun yet; begin it with: deno task start/);
        assertEquals((await edition.task("start", name)).code, 0);
        const stub = await edition.task(`exercise-${name}`);
        assertEquals([stub.code, stub.stderr], [1, ""]);
        assertEquals(stub.stdout.match(/not written yet: /g)?.length, unwritten);
        await edition.write(`work/exercise_${name}.ts`, await solutionText(folder));
        assertEquals((await edition.task(`exercise-${name}`)).code, 0);
      }),
    );
    const asked = await edition.task("exercise-a", "--solution");
    assertEquals(asked.code, 1);
    assertMatch(asked.stderr, /--solution: it is not part of the student edition/);
    const unknown = await edition.task("release", "x");
    assert(unknown.code !== 0);
    assertMatch(unknown.stderr, /Task not found: release/);
  });
});

Deno.test("a folder with something in it is not written to", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(join(folder, "mine.txt"), "");
  const project = new StudentProject(PROJECT);
  const cases: [string[], RegExp][] = [
    [[folder], /is not empty \(mine\.txt is in it\); name a folder that is not there yet/],
    [[join(folder, "mine.txt")], /mine\.txt is a file; name a folder/],
    [[], /name the folder to make, such as: deno task release/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await project.task("release", ...args);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, /^release: [^\n]+\n$/);
    assertMatch(stderr, message);
  }
  assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["mine.txt"]);
  await Deno.remove(folder, { recursive: true });
});
