import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseArguments } from "../../../lib/course/arguments.ts";
import { helpText } from "../../../lib/course/help.ts";
import {
  argument,
  argumentList,
  COMMON_OPTIONS,
  DEVICE,
  folder,
  needed,
  SEED,
  texts,
  wholeNumber,
} from "../../../lib/course/options.ts";
import { UsageError } from "../../../lib/errors.ts";

const OPTIONS = {
  seed: SEED,
  device: DEVICE,
  steps: wholeNumber("steps", { default: 300, min: 1 }),
  t: wholeNumber("level", { default: 10, min: 1, max: 10 }),
  out: folder("folder"),
  ...COMMON_OPTIONS,
};

const DEFAULTS = {
  seed: 0,
  device: "auto",
  steps: 300,
  t: 10,
  out: undefined,
  json: false,
  stack: false,
  help: false,
};

Deno.test("what is not given has its default", () => {
  assertEquals<unknown>(parseArguments(OPTIONS, []), DEFAULTS);
});

Deno.test("values are read in every form there is, and the last one counts", () => {
  const cases: [string[], Record<string, unknown>][] = [
    [["--seed", "7"], { seed: 7 }],
    [["--seed=7"], { seed: 7 }],
    [["--seed=007"], { seed: 7 }],
    [["--seed=+7"], { seed: 7 }],
    [["--seed=-7"], { seed: -7 }],
    [["--seed", "-7"], { seed: -7 }],
    [["--seed=-0"], { seed: 0 }],
    [["--seed", "9007199254740991"], { seed: 9007199254740991 }],
    [["--seed", "1", "--seed", "2"], { seed: 2 }],
    [["--device", "webgpu", "--json"], { device: "webgpu", json: true }],
    [["--json", "--t", "1", "--steps", "1"], { json: true, t: 1, steps: 1 }],
    [["--out", "7"], { out: "7" }],
    [["--out", "a b/c=d"], { out: "a b/c=d" }],
    [["--out=a=b"], { out: "a=b" }],
    [["-h"], { help: true }],
  ];
  for (const [args, changed] of cases) {
    assertEquals<unknown>(parseArguments(OPTIONS, args), { ...DEFAULTS, ...changed });
  }
});

Deno.test("what is not understood is a usage error in a line that says what would be", () => {
  const cases: [string[], string][] = [
    [["--sed", "7"], "no option --sed; did you mean --seed?"],
    [["--sed=7"], "no option --sed; did you mean --seed?"],
    [["--SEED=7"], "no option --SEED; --help lists"],
    [["-seed", "7"], "no option -seed; did you mean --seed?"],
    [["--step", "7"], "did you mean --steps?"],
    [["--no-json"], "did you mean --json?"],
    [["-x"], "no option -x; --help lists"],
    [["--verbose"], "no option --verbose; --help lists"],
    [["--constructor"], "no option --constructor"],
    [["--seed"], "--seed takes a value, N, and got none; write --seed=N"],
    [["--seed="], "--seed takes a value"],
    [["--seed", "--json"], "--seed takes a value"],
    [["--out", ""], "--out takes a value, DIR"],
    [["--seed", "x"], 'not "x"'],
    [["--seed", "1.5"], 'not "1.5"'],
    [["--seed", "1e3"], 'not "1e3"'],
    [["--seed", "0x10"], 'not "0x10"'],
    [["--seed", " 1"], 'not " 1"'],
    [["--seed", "NaN"], 'not "NaN"'],
    [["--seed", "9007199254740992"], "at most 53 bits"],
    [["--steps", "0"], "at least 1"],
    [["--steps", "-5"], 'at least 1, not "-5"'],
    [["--t", "0"], "from 1 to 10"],
    [["--t", "11"], "from 1 to 10"],
    [["--device", "gpu"], '--device takes auto, cpu, cuda, webgpu, not "gpu"'],
    [["--device", "CPU"], 'not "CPU"'],
    [["--json=no"], "--json takes no value"],
    [["--json", "no"], 'unexpected argument "no": it takes options only'],
    [["a.ts"], 'unexpected argument "a.ts"'],
    [["7"], 'unexpected argument "7"'],
    [["--", "--seed"], 'unexpected argument "--seed": after "--" no options are read; leave'],
    [["--", "a.ts"], 'unexpected argument "a.ts": it takes options only'],
    [["-h5"], "--help takes no value"],
    [["-h=5"], "--help takes no value"],
    [["-"], 'unexpected argument "-"'],
    [["a\nb"], '"a\\nb"'],
  ];
  for (const [args, part] of cases) {
    const { message } = assertThrows(() => parseArguments(OPTIONS, args), UsageError, part);
    assert(!message.includes("\n"), message);
  }
});

Deno.test("a program says why it does not take what its like take", () => {
  const refusals = { "": "no file, please", hint: "no hints, sorry" };
  for (
    const [args, part] of [
      [["a.ts"], 'unexpected argument "a.ts": no file, please'],
      [["--hint"], "--hint: no hints, sorry"],
      [["--hint=1"], "--hint: no hints, sorry"],
    ] as const
  ) assertThrows(() => parseArguments(OPTIONS, args, refusals), UsageError, part);
});

Deno.test("what has no name is for the positional options, in order, and one more is refused", () => {
  const options = { file: argument("FILE", "file"), other: argument("OTHER", "other"), seed: SEED };
  const parse = (...args: string[]) => parseArguments<typeof options>(options, args, { "": "no" });
  assertEquals<unknown>(parse(), { file: undefined, other: undefined, seed: 0 });
  assertEquals<unknown>(parse("a.ts"), { file: "a.ts", other: undefined, seed: 0 });
  assertEquals<unknown>(parse("1", "--seed", "2", "b"), { file: "1", other: "b", seed: 2 });
  assertThrows(() => parse("a", "b", "c"), UsageError, 'unexpected argument "c": no');
  assertThrows(() => parse("a", "--", "b"), UsageError, 'unexpected argument "b": no');
  assertThrows(() => parse(""), UsageError, "FILE is empty; leave it out, or name one");
  assertThrows(() => parse("--file", "a"), UsageError, "there is no option --file");
});

Deno.test("every value of a repeated option counts, by its name or by its place", () => {
  const options = { parts: argumentList("PART", "part"), only: texts("ID", "id"), seed: SEED };
  const parse = (...args: string[]) => parseArguments<typeof options>(options, args, { "": "no" });
  assertEquals<unknown>(parse(), { parts: [], only: [], seed: 0 });
  assertEquals<unknown>(parse("a", "--only", "x", "b", "--only=-y", "c", "--seed", "1"), {
    ...{ parts: ["a", "b", "c"], only: ["x", "-y"], seed: 1 },
  });
  assertThrows(() => parse("--only", "x", "--only="), UsageError, "--only takes a value, ID");
  assertThrows(() => parse("a", ""), UsageError, "PART is empty");
  const usage = helpText({ name: "t", summary: "" }, options).split("\n")[0];
  assertEquals(usage, "Usage: deno task t [PART]... [--only ID]... [--seed N]");
});

Deno.test("what has to be given stands without brackets in the usage", () => {
  const options = {
    file: needed(argument("FILE", "file")),
    parts: needed(argumentList("PART", "part")),
    seed: needed(SEED),
    device: DEVICE,
  };
  const usage = helpText({ name: "t", summary: "" }, options).split("\n")[0];
  assertEquals(usage, "Usage: deno task t FILE PART... --seed N [--device auto|cpu|cuda|webgpu]");
  assertThrows(() => parseArguments(options, [""]), UsageError, "FILE is empty; name one");
});
