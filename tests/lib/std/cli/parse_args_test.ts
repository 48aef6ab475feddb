/**
 * How a command line is read. Every fact here holds for the published `@std/cli` too.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { parseArgs, type ParseOptions } from "@std/cli";
import { parseArgs as fromSubpath } from "@std/cli/parse-args";

/** The values alone: what they are typed as is stated by the last test. */
function read(args: string[], options?: ParseOptions): Record<string, unknown> {
  return parseArgs(args, options);
}

Deno.test("the subpath exports the same function", () => {
  assertEquals(fromSubpath, parseArgs);
});

Deno.test("without options, values are taken where they follow", () => {
  assertEquals(read(["--seed", "7", "--out=dir", "--json"]), {
    _: [],
    seed: 7,
    out: "dir",
    json: true,
  });
  assertEquals(read(["--a", "--b", "x", "y"]), { _: ["y"], a: true, b: "x" });
});

Deno.test("what looks like a number becomes one", () => {
  assertEquals(read(["1", "1e3", "0x10", "1.2.3", "Infinity", " ", ""])._, [
    1,
    1000,
    16,
    "1.2.3",
    "Infinity",
    " ",
    "",
  ]);
});

Deno.test("a string option keeps its text, and `_` among them keeps the other arguments", () => {
  assertEquals(read(["--id", "007"], { string: ["id"] }), { _: [], id: "007" });
  assertEquals(read(["007"], { string: ["_"] }), { _: ["007"] });
});

Deno.test("a string option without a value is empty", () => {
  const options = { string: ["out"] };
  assertEquals(read(["--out"], options).out, "");
  assertEquals(read(["--out="], options).out, "");
  assertEquals(read(["--out", "--json"], options).out, "");
  assertEquals(read([], options).out, undefined);
});

Deno.test("a value has everything after the first =", () => {
  assertEquals(read(["--filter=a=b"]).filter, "a=b");
  assertEquals(read(["--seed=-5"]).seed, -5);
});

Deno.test("a value that starts with a dash is an option of its own", () => {
  assertEquals(read(["--shift", "-5"]), { _: [], shift: true, 5: true });
  assertEquals(read(["--in", "-"]), { _: ["-"], in: true });
  assertEquals(read(["-i", "-"]), { _: [], i: "-" });
});

Deno.test("a boolean option takes no value but true and false", () => {
  const options = { boolean: ["json"] };
  assertEquals(read(["--json", "a.ts"], options), { _: ["a.ts"], json: true });
  assertEquals(read(["--json", "false", "x"], options), { _: ["x"], json: false });
  assertEquals(read(["--json=false"], options), { _: [], json: false });
  assertEquals(read(["--json=3"], options), { _: [], json: true });
  assertEquals(read([], options), { _: [], json: false });
});

Deno.test("boolean: true makes every long option boolean, and short ones not", () => {
  assertEquals(read(["--json", "a", "-n", "b"], { boolean: true }), {
    _: ["a"],
    json: true,
    n: "b",
  });
});

Deno.test("letters after one dash are options, the last of which may take a value", () => {
  assertEquals(read(["-abc"]), { _: [], a: true, b: true, c: true });
  assertEquals(read(["-ab", "x", "y"]), { _: ["y"], a: true, b: "x" });
  assertEquals(read(["-ab", "x"], { boolean: "b" }), { _: ["x"], a: true, b: true });
  assertEquals(read(["-n", "5", "-m=6"]), { _: [], n: 5, m: 6 });
});

Deno.test("a number, a sign or an assignment belongs to the letter before it", () => {
  assertEquals(read(["-n5"]), { _: [], n: 5 });
  assertEquals(read(["-n-5"]), { _: [], n: -5 });
  assertEquals(read(["-n1.5"]), { _: [], n: 1.5 });
  assertEquals(read(["-f./x"]), { _: [], f: "./x" });
  assertEquals(read(["-n="]), { _: [], n: "" });
  assertEquals(read(["-an-"]), { _: [], a: true, n: "-" });
  assertEquals(read(["-a-b"]), { _: [], a: "-b" });
  assertEquals(read(["-a-", "x"]), { _: ["x"], a: "-" });
  assertEquals(read(["-b/"]), { _: [], b: true, "/": true });
  assertEquals(read(["-12"]), { _: [], 1: true, 2: true });
  assertEquals(read(["-abc=x"]), { _: [], a: "x" });
});

Deno.test("--no-x negates only options named in negatable", () => {
  const options = { boolean: ["color"], negatable: ["color"], default: { color: true } };
  assertEquals(read(["--no-color"], options), { _: [], color: false });
  assertEquals(read([], options), { _: [], color: true });
  assertEquals(read(["--color"], { negatable: ["color"] }), { _: [], color: true });
  assertEquals(read(["--no-color"]), { _: [], "no-color": true });
  assertEquals(read(["--no-color", "x"]), { _: [], "no-color": "x" });
});

Deno.test("--no-x=value sets x, and names too short to negate are plain names", () => {
  assertEquals(read(["--no-color=red"]), { _: [], color: "red" });
  assertEquals(read(["--no-"]), { _: [], "no-": true });
  assertEquals(read(["--no-="]), { _: [], "no-=": true });
  assertEquals(read(["--=x", "--=y=z"]), { _: [], "=x": true, "=y": "z" });
});

Deno.test("a negated option forgets what was collected", () => {
  const options = { collect: ["tag"], negatable: ["tag"] };
  assertEquals(read(["--tag=a", "--no-tag"], options), { _: [], tag: false });
  assertEquals(read(["--no-tag", "--tag=a"], options), { _: [], tag: ["a"] });
});

Deno.test("the last of repeated values counts, unless they are collected", () => {
  assertEquals(read(["--tag", "a", "--tag=b"]), { _: [], tag: "b" });
  assertEquals(read(["--tag", "a", "--tag=b"], { collect: ["tag"] }).tag, ["a", "b"]);
  assertEquals(read(["--tag", "a"], { collect: ["tag"] }).tag, ["a"]);
  assertEquals(read([], { collect: ["tag"], string: ["tag"] }).tag, []);
  assertEquals(read([], { collect: ["tag"], boolean: ["tag"] }).tag, []);
  assertEquals(read([], { collect: ["tag"] }), { _: [] });
});

Deno.test("an alias shares value, kind and default with its option", () => {
  const options = {
    alias: { help: ["h", "?"], out: "o" },
    boolean: ["help"],
    string: ["out"],
    default: { out: "dir" },
  };
  assertEquals(read(["-h", "x"], options), {
    _: ["x"],
    help: true,
    h: true,
    "?": true,
    out: "dir",
    o: "dir",
  });
  assertEquals(read(["-o", "05"], options).out, "05");
  const collected = read(["-t", "a", "--tag", "b"], { alias: { tag: "t" }, collect: ["tag"] });
  assertEquals([collected.tag, collected.t], [["a", "b"], ["a", "b"]]);
});

Deno.test("a default stands as it is, and any given value replaces it", () => {
  const options = { string: ["seed"], default: { seed: 3, extra: [1] } };
  assertEquals(read([], options), { _: [], seed: 3, extra: [1] });
  assertEquals(read(["--seed="], options), { _: [], seed: "", extra: [1] });
});

Deno.test("stopEarly leaves everything after the first other argument as it is", () => {
  assertEquals(read(["--a=1", "2", "--b", "3"], { stopEarly: true }), {
    _: [2, "--b", "3"],
    a: 1,
  });
});

Deno.test("everything after -- is left as it is", () => {
  assertEquals(read(["1", "--", "2", "--b", "--"]), { _: [1, "2", "--b", "--"] });
  assertEquals(read(["1", "--", "2"], { "--": true }), { _: [1], "--": ["2"] });
  assertEquals(read(["--a", "--", "x"], { "--": true }), { _: [], a: true, "--": ["x"] });
  assertEquals(read(["1"], { "--": true }), { _: [1], "--": [] });
});

Deno.test("unknown is asked about every unexpected argument and can leave it out", () => {
  const asked: unknown[][] = [];
  const args = read(["--sed", "7", "-xj", "a.ts", "--out=o", "--no-color", "-h"], {
    string: ["out"],
    boolean: ["j"],
    alias: { help: "h" },
    default: { sed: 1 },
    unknown: (...question) => {
      asked.push(question);
      return false;
    },
  });
  assertEquals(asked, [
    ["--sed", "sed", "7"],
    ["-xj", "x", true],
    ["a.ts"],
    ["--no-color", "no-color", true],
  ]);
  assertEquals(args, { _: [], sed: 1, j: true, out: "o", help: true, h: true });
});

Deno.test("boolean: true expects every long option without a value", () => {
  const asked: string[] = [];
  read(["--json", "--seed=1", "-n"], { boolean: true, unknown: (arg) => asked.push(arg) });
  assertEquals(asked, ["--seed=1", "-n"]);
});

Deno.test("an argument that unknown does not refuse stays", () => {
  assertEquals(read(["--x", "a"], { unknown: () => undefined }), { _: [], x: "a" });
});

Deno.test("the types follow the options", () => {
  const args = parseArgs(["--name", "a"], {
    string: ["out", "name", "seed"],
    boolean: ["json"],
    collect: ["name"],
    default: { seed: 0 },
    "--": true,
  });
  const out: string | undefined = args.out;
  const name: string[] = args.name;
  const seed: string | number = args.seed;
  const json: boolean = args.json;
  const rest: string[] = args["--"];
  assertEquals([out, name, seed, json, rest], [undefined, ["a"], 0, false, []]);
});
