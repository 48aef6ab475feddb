import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Context, Program } from "../../../lib/course/program.ts";
import { type Options, SEED, type Values } from "../../../lib/course/options.ts";
import { DataError, UsageError } from "../../../lib/errors.ts";
import { capture } from "./capture.ts";

const OPTIONS = { seed: SEED } satisfies Options;

function program(
  run: (values: Values<typeof OPTIONS>, context: Context) => number | Promise<number>,
): Program<typeof OPTIONS> {
  return {
    name: "toss",
    summary: "Toss a coin.",
    options: OPTIONS,
    examples: [["deno task toss --seed 1", "another coin"]],
    run: async (values, context) => await run(values, context),
  };
}

function failing(error: unknown): Program<typeof OPTIONS> {
  return program(() => {
    throw error;
  });
}

const talking = program(({ seed }, { say, report }) => {
  say("tossing");
  say();
  report({ seed });
  return 3;
});

Deno.test("the status is what the program gives", async () => {
  assertEquals(await capture(talking), { status: 3, stdout: "tossing\n\n", stderr: "" });
});

Deno.test("with --json stdout is one JSON document, and text goes to stderr", async () => {
  assertEquals(await capture(talking, ["--json", "--seed", "4"]), {
    status: 3,
    stdout: '{"seed":4}\n',
    stderr: "tossing\n\n",
  });
});

Deno.test("--help wins over everything, and prints options, defaults and examples", async () => {
  for (const args of [["--help"], ["-h"], ["--seed", "x", "--nonsense", "--help"]]) {
    const { status, stdout, stderr } = await capture(talking, args);
    assertEquals([status, stderr], [0, ""]);
    assertMatch(stdout, /^Usage: deno task toss \[--seed N\] \[--json\] .*\n\nToss a coin\.\n/);
    assertMatch(stdout, /\n {2}--seed N +seed of the random numbers \(default 0\)\n/);
    assertMatch(stdout, /\nExamples:\n {2}deno task toss --seed 1 +another coin\n$/);
    for (const line of stdout.split("\n")) assert(line.length <= 80, line);
  }
});

Deno.test("a command line not understood ends with 2, any other failure with 1, in one line", async () => {
  const unwritable = Object.assign(new Error("No space left on device"), { code: "ENOSPC" });
  const cases: [unknown, number, RegExp][] = [
    [new UsageError("no such thing"), 2, /^toss: no such thing\n$/],
    [new DataError("cannot read a.gz:\n  it is cut"), 1, /^toss: cannot read a\.gz: it is cut\n$/],
    [unwritable, 1, /^toss: No space left on device\n$/],
    [
      new Deno.errors.NotCapable('Requires read access to "a"'),
      1,
      /^toss: Deno was not allowed to go on \(Requires read access to "a"\); run it as: deno task toss\n$/,
    ],
    [
      new TypeError("x is\nundefined"),
      1,
      /^toss: this is a bug in genlab: TypeError: x is undefined; please report it, with what --stack shows\n$/,
    ],
    ["a string", 1, /^toss: this is a bug in genlab: a string; please report it/],
  ];
  for (const [error, status, line] of cases) {
    const ended = await capture(failing(error));
    assertEquals([ended.status, ended.stdout], [status, ""]);
    assertMatch(ended.stderr, line);
  }
  const { status, stderr } = await capture(talking, ["--sed", "1"]);
  assertEquals([status, stderr], [2, "toss: there is no option --sed; did you mean --seed?\n"]);
});

Deno.test("--stack shows where a bug is", async () => {
  const { stderr } = await capture(failing(new TypeError("x is undefined")), ["--stack"]);
  assertMatch(stderr, /please report it\nTypeError: x is undefined\n +at .*program_test\.ts/);
});
