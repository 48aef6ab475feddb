import { assert, assertEquals, assertRejects } from "@std/assert";
import { Generator, grad, randn, tensor } from "../../../../mod.ts";
import { inRunner, type RunnerOptions, StudentError } from "../../../../lib/course/student.ts";
import { leavesOf } from "../../../../lib/runtime/tree.ts";
import { plain, withFile, withStudent } from "./student_file.ts";

const x = tensor([1, 2]);

/** What comes of calling `f` of a file. */
function errorOf(text: string, options?: RunnerOptions) {
  return withStudent(text, async (student) => {
    return plain(await assertRejects(() => student.trace("f", [x]), StudentError));
  }, options);
}

/** What comes of loading a file. */
function loadErrorOf(text: string, options?: RunnerOptions) {
  return withFile(text, async (path) => {
    return plain(await assertRejects(() => inRunner(path, options), StudentError));
  });
}

Deno.test("a function in a runner computes what it computes here", () =>
  withStudent(
    `import { randnLike, type Tensor } from "genlab";
     export function f(mu: Tensor, scale = 2): Tensor {
       return mu.add(randnLike(mu).mul(scale));
     }`,
    async (student) => {
      const [result] = leavesOf(await student.call("f", [x, 3], new Generator(0)));
      const noise = randn([2], { generator: new Generator(0) });
      assertEquals(await result.tolist(), await x.add(noise.mul(3)).tolist());
      const [slope] = grad(result.sum(), [x]);
      assertEquals(await slope.tolist(), [1, 1]);
    },
  ));

Deno.test("calls may be made at once", () =>
  withStudent("export const f = (x, n) => x.mul(n);", async (student) => {
    const results = await Promise.all([1, 2, 3].map((n) => student.call("f", [x, n])));
    const values = await Promise.all(results.map((result) => leavesOf(result)[0].tolist()));
    assertEquals(values, [[1, 2], [2, 4], [3, 6]]);
  }));

Deno.test("a graph of as many constants and operations as there may be is an answer", () =>
  withStudent(
    `import { tensor } from "genlab";
     const long = Array.from({ length: 2 ** 18 }, (_, i) => -(i + 1) / 3e9);
     export function f(x) {
       let y = tensor(long, { dtype: "float64" }).narrow(0, 0, 2).to("float32").add(x);
       for (let i = 0; i < 9990; i++) y = y.narrow(0, 0, 2);
       return y;
     }`,
    async (student) => {
      const { constants, nodes } = await student.trace("f", [x]);
      assertEquals([constants[0].values.length, nodes.length], [2 ** 18, 9993]);
    },
    { timeout: 60 },
  ));

Deno.test("what a file prints is handed over, and is no answer", async () => {
  let printed = "";
  await withStudent(
    `console.log("loaded");
     export function f(x) {
       Deno.stdout.writeSync(new TextEncoder().encode("no line end"));
       console.error("shape", x.shape);
       return x;
     }`,
    (student) => student.trace("f", [x]),
    { print: (text) => printed += text },
  );
  assert(printed.includes("loaded\n"), printed);
  assert(printed.includes("no line end\n"), printed);
  assert(printed.includes("shape [ 2 ]"), printed);
});

const FUNCTION_ERRORS: [string, string, { kind: string; message: string }][] = [
  [
    "is not written yet",
    `import { NotImplemented } from "genlab";
     export function f() {
       throw new NotImplemented("f");
     }`,
    { kind: "not-written", message: "not written yet: f, exercise_a.ts:3" },
  ],
  [
    "throws one of our errors",
    `import { randn } from "genlab";

     export const f = (x) =>
       helper(x);
     function helper(x) {
       return x.add(randn([2, 3]).matmul(x));
     }`,
    {
      kind: "threw",
      message:
        "f: matmul: cannot multiply [2, 3] and [2, 1]: the last dimension of the first (3) " +
        "must equal the second to last of the second (2); transpose one of them, exercise_a.ts:6",
    },
  ],
  [
    "throws one of JavaScript's",
    "export const f = (x) => x.foo.bar;",
    {
      kind: "threw",
      message: "f: TypeError: Cannot read properties of undefined (reading 'bar'), exercise_a.ts:1",
    },
  ],
  [
    "is not exported",
    "function f() {}",
    {
      kind: "missing",
      message: 'the file exports no f; write "export" before "function f", exercise_a.ts',
    },
  ],
  [
    "has another name",
    "export const F = (x) => x; export const g = (x) => x;",
    {
      kind: "missing",
      message: "the file exports no f, only F, g; rename the one that is meant, or write " +
        '"export" before "function f", exercise_a.ts',
    },
  ],
  [
    "makes far too much",
    `import { randn } from "genlab";
     export const f = (x) => x.add(randn([200_000_000]).sum());`,
    {
      kind: "rejected",
      message: "f computes 200000003 numbers, 200000000 of them in one tensor, and 33554432 are " +
        "allowed; look for a shape that is too large, exercise_a.ts",
    },
  ],
  [
    "uses what is not there",
    `import { compile } from "genlab";
     export const f = (x) => compile(() => x);`,
    {
      kind: "threw",
      message: "f: compile: is not there in a file that is checked, where functions only record " +
        "what they compute; use it in a file of its own that imports this one, exercise_a.ts:2",
    },
  ],
  [
    "calls itself without end",
    "export const f = (x) => f(x.neg());",
    { kind: "threw", message: "f: RangeError: Maximum call stack size exceeded, exercise_a.ts:1" },
  ],
  [
    "ends the process",
    "export const f = () => Deno.exit(0);",
    {
      kind: "ended",
      message: "f ended the program it runs in (exit status 0); take Deno.exit and the like out " +
        "of it, exercise_a.ts",
    },
  ],
];

for (const [name, text, expected] of FUNCTION_ERRORS) {
  Deno.test(`a function says where and why it ${name}`, async () => {
    assertEquals(await errorOf(text), expected);
  });
}

const LOAD_ERRORS: [string, string, { kind: string; message: string }][] = [
  [
    "is no TypeScript",
    "export function f(x: number {}",
    {
      kind: "syntax",
      message: "the file cannot be read as TypeScript: Expected ',', got '{', exercise_a.ts:1",
    },
  ],
  [
    "declares a name twice",
    "let a = 1;\nlet a = 2;",
    {
      kind: "syntax",
      message: "the file cannot be read as TypeScript: Identifier 'a' has already been declared, " +
        "exercise_a.ts:2",
    },
  ],
  [
    "imports a name that genlab does not have",
    'import { rnadn } from "genlab";\nexport const f = () => rnadn([1]);',
    { kind: "syntax", message: "genlab has no rnadn for a file that is checked, exercise_a.ts:1" },
  ],
  [
    "imports a package",
    'import { range } from "lodash";\nexport const f = range;',
    {
      kind: "syntax",
      message: 'the file imports lodash; in a file that is checked only "genlab" is there, ' +
        "exercise_a.ts:1",
    },
  ],
  [
    "imports a package of npm's",
    'import { range } from "npm:lodash";\nexport const f = range;',
    {
      kind: "syntax",
      message: 'the file imports npm:lodash; in a file that is checked only "genlab" is there, ' +
        "exercise_a.ts:1",
    },
  ],
  [
    "imports a package of JSR's",
    'import { add } from "jsr:@std/math";\nexport const f = add;',
    {
      kind: "syntax",
      message: 'the file imports jsr:@std/math; in a file that is checked only "genlab" is ' +
        "there, exercise_a.ts:1",
    },
  ],
  [
    "reads values",
    `import { randn } from "genlab";

     console.log(await randn([2]).mul(2).data());`,
    {
      kind: "threw",
      message: "the file fails as it is loaded: values cannot be read in a file that is checked, " +
        "where functions only record what they compute; try things out in a file of its own that " +
        "imports this one, exercise_a.ts:3",
    },
  ],
  [
    "waits without end",
    "await new Promise(() => {});",
    {
      kind: "timeout",
      message: "loading the file waits for something that never comes; look for an await, " +
        "exercise_a.ts",
    },
  ],
  [
    "throws",
    "const x = [];\n\nx[0].y;",
    {
      kind: "threw",
      message: "the file fails as it is loaded: TypeError: Cannot read properties of undefined " +
        "(reading 'y'), exercise_a.ts:3",
    },
  ],
  [
    "ends the process",
    "Deno.exit(3);",
    {
      kind: "ended",
      message: "loading the file ended the program it runs in (exit status 3); take Deno.exit " +
        "and the like out of it, exercise_a.ts",
    },
  ],
];

for (const [name, text, expected] of LOAD_ERRORS) {
  Deno.test(`a file says where and why it cannot be loaded if it ${name}`, async () => {
    assertEquals(await loadErrorOf(text), expected);
  });
}

Deno.test("what fails on its own is printed, and no function is blamed", async () => {
  const printed: string[] = [];
  await withStudent(
    `export const f = (x) => { later(x); return x; };
     async function later(x) { await x.data(); }
     export const g = (x) => x;
     setTimeout(() => { throw new Error("late"); });
     Promise.reject("no");`,
    async (student) => {
      await student.trace("f", [x]);
      // What is printed comes by a way of its own, and may come later than answers.
      while (printed.join("").split("on its own").length <= 3) await student.trace("g", [x]);
    },
    { print: (text) => printed.push(text) },
  );
  const text = printed.join("");
  for (const what of ["threw no", "Error: late", "values cannot be read inside f"]) {
    assert(text.includes(`failed on its own: ${what}`), text);
  }
});

Deno.test("a file that is not there, is a folder, or is too large is named", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const absent = await assertRejects(() => inRunner(`${folder}/none.ts`), StudentError);
    assertEquals(absent.kind, "file");
    assert(/^there is no file [^\n]*none\.ts$/.test(absent.message), absent.message);
    const isFolder = await assertRejects(() => inRunner(folder), StudentError);
    assertEquals(isFolder.kind, "file");
    assert(isFolder.message.includes("is a folder; name the file"), isFolder.message);
    await Deno.writeTextFile(`${folder}/large.ts`, `// ${"x".repeat(2 ** 20)}`);
    const large = await assertRejects(() => inRunner(`${folder}/large.ts`), StudentError);
    assertEquals(large.kind, "file");
    assert(large.message.includes("has 2 MB, and 1 MB is allowed"), large.message);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("an endless loop is stopped, and the other functions go on", () =>
  withStudent(
    `export const f = () => { for (;;); };
     export const g = (x) => x;`,
    async (student) => {
      const { kind, message } = plain(
        await assertRejects(() => student.trace("f", []), StudentError),
      );
      assertEquals(kind, "timeout");
      assertEquals(
        message,
        "f did not finish within 2 s; look for a loop that does not end, or a very " +
          "large array, exercise_a.ts",
      );
      // It has had its time: the second answer comes at once.
      await assertRejects(() => student.trace("f", []), StudentError, "f did not finish");
      assertEquals((await student.trace("g", [x])).output, 0);
    },
    { timeout: 2 },
  ));

Deno.test("an endless loop outside of functions is stopped", async () => {
  const { kind } = await loadErrorOf("for (;;);", { timeout: 2 });
  assertEquals(kind, "timeout");
});

Deno.test("a process that died is replaced", () =>
  withStudent(
    `export const f = (x) => x;
     export const g = () => Deno.exit(0);`,
    async (student) => {
      await assertRejects(() => student.trace("g", []), StudentError);
      assertEquals((await student.trace("f", [x])).output, 0);
    },
  ));

Deno.test("limits of processor time and memory are kept and told apart", async () => {
  const memory = 1e9;
  const busy = await errorOf("export const f = () => { for (;;); };", {
    ...{ limits: { memory, cpu: 1 }, timeout: 60 },
  });
  assertEquals(busy.kind, "timeout");
  // Filling so much takes a second on a slow machine.
  const large = await errorOf(
    "export const f = () => { for (const all = [];;) all.push(new Float64Array(1e7).fill(1)); };",
    { limits: { memory, cpu: 20 }, timeout: 60 },
  );
  assertEquals(large.kind, "memory");
});

Deno.test("typed arrays without end are too much memory, in a function and outside of one", async () => {
  const limits = { memory: 1e9, cpu: 20 };
  const fill = "for (const all = [];;) all.push(new Float64Array(1e7).fill(1));";
  const inside = await errorOf(`export const f = () => { ${fill} };`, { limits, timeout: 60 });
  assertEquals(inside, {
    kind: "memory",
    message: "f took too much memory; look for arrays that are too large, or grow without end, " +
      "exercise_a.ts:1",
  });
  const outside = await loadErrorOf(`\n${fill}`, { limits, timeout: 60 });
  assertEquals(outside, {
    kind: "memory",
    message: "loading the file took too much memory; look for arrays that are too large, or grow " +
      "without end, exercise_a.ts:2",
  });
});

Deno.test("a process is ended by a signal, whatever the file is doing", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 300);
  const { kind } = await loadErrorOf("for (;;);", { signal: controller.signal });
  assertEquals(kind, "ended");
  // One that came while nobody listened yet counts as well.
  assertEquals((await loadErrorOf("for (;;);", { signal: AbortSignal.abort() })).kind, "ended");
});

Deno.test("a heap that grows without end is too much memory", async () => {
  const { kind, message } = await errorOf(
    "export const f = () => { for (const all = [];;) all.push(new Array(1000).fill(0.5)); };",
    { timeout: 60 },
  );
  assertEquals(kind, "memory");
  assertEquals(
    message,
    "f took too much memory; look for arrays that are too large, or grow without end, " +
      "exercise_a.ts",
  );
});
