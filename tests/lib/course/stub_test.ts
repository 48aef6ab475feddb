import { assert, assertEquals, assertThrows } from "@std/assert";
import { solutionsIn, stubOf } from "../../../lib/course/stub.ts";
import { DataError } from "../../../lib/errors.ts";
import { inProjectCopy, partlyWritten, PROJECT, solutionText } from "../../student_project.ts";

const FUNCTIONS = {
  a_vae: ["reparameterize", "klDiagGaussianToStandard", "bernoulliNllFromLogits"],
  b_score: ["sigmaVe", "veForward", "conditionalScoreXtGivenX0"],
  e_ebm: ["inputGradient", "langevinStep", "clampToBounds", "contrastiveLoss"],
};

for (const [folder, names] of Object.entries(FUNCTIONS)) {
  Deno.test(`the stub of ${folder} throws where each solution was, and keeps all else`, async () => {
    const solution = await solutionText(folder);
    const stub = stubOf(solution);
    const thrown = [...stub.matchAll(/^ {2}throw new NotImplemented\("(\w+)"\);$/gm)];
    assertEquals(thrown.map(([, name]) => name), names);
    const solutions = solutionsIn(solution);
    assertEquals([...solutions.keys()], names);
    for (const code of solutions.values()) {
      for (const line of code.split("\n")) assert(!stub.includes(line.trim()), line);
    }
    // Comments, hints, signatures and what is given stay.
    const kept = solution
      .replace(/^ *\/\/ BEGIN SOLUTION\n.*?\/\/ END SOLUTION\n/gms, "")
      .replace(/^import .*?;\n/ms, "").split("\n");
    for (const line of kept) assert(stub.includes(line), line);
  });

  Deno.test(`the stub of ${folder} is as deno fmt would have it`, async () => {
    const stub = stubOf(await solutionText(folder));
    const formatter = new Deno.Command(Deno.execPath(), {
      args: ["fmt", "--ext", "ts", "-"],
      cwd: PROJECT,
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = formatter.stdin.getWriter();
    await writer.write(new TextEncoder().encode(stub));
    await writer.close();
    assertEquals(new TextDecoder().decode((await formatter.output()).stdout), stub);
  });
}

Deno.test("a stub imports what it uses, types too, in the order of names", () => {
  const stub = (names: string, signature: string) =>
    stubOf(
      `import ${names} from "genlab";\n\nexport function f${signature} {\n` +
        "  // See tensor.\n  // BEGIN SOLUTION\n  return tensor(1);\n  // END SOLUTION\n}\n",
    ).split("\n\n")[0];
  assertEquals(
    stub("{ tensor, type Tensor }", "(x: Tensor): Tensor"),
    'import { NotImplemented, type Tensor } from "genlab";',
  );
  assertEquals(
    stub(
      "{ full, tensor, Tensor, zeros }",
      "(x: Tensor, y = full([1], 2), z = zeros([1])): Tensor",
    ),
    'import { full, NotImplemented, Tensor, zeros } from "genlab";',
  );
  assertEquals(stub("{ tensor }", "()"), 'import { NotImplemented } from "genlab";');
});

Deno.test("a stub with some functions written has those written", async () => {
  const solution = await solutionText("a_vae");
  const text = partlyWritten(solution, ["reparameterize"]);
  assert(text.includes("mu.add(std.mul(eps))"));
  assertEquals(text.match(/throw new NotImplemented/g)?.length, 2);
});

Deno.test("regions that do not open and close in turn are refused, with the line", () => {
  const cases: [string, string][] = [
    [
      "// BEGIN SOLUTION\n// END SOLUTION\n",
      "line 1 of a solution: no exported function has begun",
    ],
    ["export function f() {\n  // END SOLUTION\n}\n", "line 2 of a solution: no region is open"],
    ["export function f() {\n  // BEGIN SOLUTION\n}\n", "line 2 of a solution: there is no // END"],
    [
      "export function f() {\n  // BEGIN SOLUTION\n  // BEGIN SOLUTION\n  // END SOLUTION\n}\n",
      "line 3 of a solution: the region of line 2 is still open",
    ],
  ];
  for (const [text, message] of cases) assertThrows(() => stubOf(text), DataError, message);
});

Deno.test("the stubs pass the type checker", async () => {
  await inProjectCopy(async (project) => {
    const files = Object.keys(FUNCTIONS).map((folder) => `${folder}.ts`);
    for (const folder of Object.keys(FUNCTIONS)) {
      await project.write(`${folder}.ts`, stubOf(await solutionText(folder)));
    }
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", ...files],
      cwd: project.folder,
    }).output();
    assert(success, new TextDecoder().decode(stderr));
  });
});
