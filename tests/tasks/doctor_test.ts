import { assert, assertEquals, assertMatch } from "@std/assert";
import { diagnose, EXAMINATIONS, type Finding } from "../../lib/course/diagnosis.ts";
import { GenlabError } from "../../lib/errors.ts";
import { table } from "../../tasks/doctor.ts";

/** Runs `deno task doctor` as a person does. */
async function doctor(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "doctor", ...args],
    cwd: new URL("../../", import.meta.url),
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("where the tests run, all that is required works", async () => {
  const { code, stdout, stderr } = await doctor("--json");
  const { works, checks }: { works: boolean; checks: Finding[] } = JSON.parse(stdout);
  assertEquals([code, works], [0, true], stderr);
  assertEquals(checks.map(({ name }) => name), EXAMINATIONS.map(({ name }) => name));
  for (const { name, required, works, detail } of checks) {
    assert(works || !required, name);
    assert(detail.length > 0 && !detail.includes("\n"), `${name}: ${detail}`);
  }
  const detail = (wanted: string) => checks.find(({ name }) => name === wanted)?.detail;
  assertEquals(detail("Deno"), Deno.version.deno);
  assertEquals(detail("MNIST"), "60000 training and 10000 test images, as published");
  for (const { name } of checks) assertMatch(stderr, new RegExp(`^(ok|no) +${name} `, "m"));
});

Deno.test("the doctor takes no arguments but options", async () => {
  const { code, stdout, stderr } = await doctor("cuda");
  assertEquals([code, stdout], [2, ""]);
  assertMatch(stderr, /^doctor: unexpected argument "cuda"[^\n]*\n$/);
});

Deno.test("what fails is told with its reason, and spoils nothing else", async () => {
  const fails = (error: unknown) => () => Promise.reject(error);
  const findings = await diagnose([
    { name: "a", required: true, examine: () => "fine" },
    { name: "b", required: true, examine: fails(new GenlabError("b is cut; restore it")) },
    {
      name: "c",
      required: false,
      examine: fails(new Error("no \x1b[36msuch library\nRequire stack:\n- a.js")),
    },
    { name: "d", required: true, examine: fails(new Deno.errors.NotCapable("no access")) },
  ]);
  assertEquals(findings, [
    { name: "a", required: true, works: true, detail: "fine" },
    { name: "b", required: true, works: false, detail: "b is cut; restore it" },
    {
      name: "c",
      required: false,
      works: false,
      detail: "no such library; fetch the packages again with: deno install --reload",
    },
    {
      name: "d",
      required: true,
      works: false,
      detail: "no access; run it as: deno task doctor",
    },
  ]);
  assertEquals(table(findings).map((line) => line.slice(0, 10)), [
    "ok     a  ",
    "FAILS  b  ",
    "no     c  ",
    "FAILS  d  ",
  ]);
});
