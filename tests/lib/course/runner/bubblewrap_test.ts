import { assert, assertEquals } from "@std/assert";
import { behindBubblewrap, findBubblewrap } from "../../../../lib/course/runner/bubblewrap.ts";
import { tensor } from "../../../../mod.ts";
import { withFile, withStudent } from "./student_file.ts";

const bubblewrap = await findBubblewrap(Deno.execPath());
const ignore = bubblewrap === undefined;

Deno.test("where it cannot be tried there is no second wall", async () => {
  assertEquals(await findBubblewrap("/nowhere/deno"), undefined);
});

/** What a program with every permission can still reach behind the wall. */
const REACHES = [
  'Deno.readTextFileSync("/etc/passwd")',
  "Deno.readTextFileSync(Deno.args[0])",
  'Deno.writeTextFileSync("/usr/lib/genlab-test", "")',
  "await Deno.connect({ port: Number(Deno.args[1]) })",
  'if (Deno.env.get("GENLAB_SECRET") === undefined) throw new Error("no")',
  'if ([...Deno.readDirSync("/proc")].filter(({ name }) => Number(name) > 5).length === 0) throw 0',
];

Deno.test({
  name: "behind the second wall even every permission reaches nothing",
  ignore,
  fn: () =>
    withFile("secret", async (secret) => {
      const code = REACHES.map((reach, i) =>
        `try { ${reach}; console.log(${i}, "reached"); } catch { console.log(${i}, "no"); }`
      ).join("\n");
      const listener = Deno.listen({ port: 0 });
      await withFile(code, async (program) => {
        const run = [Deno.execPath(), "run", "-A", "--no-config", "--no-lock", program];
        const port = String((listener.addr as Deno.NetAddr).port);
        const args = [...run, secret, port];
        const [command, ...rest] = behindBubblewrap(args, [program], bubblewrap!);
        const process = new Deno.Command(command, { args: rest, env: { GENLAB_SECRET: "1" } });
        const { stdout } = await process.output();
        const lines = new TextDecoder().decode(stdout).trim().split("\n");
        assertEquals(lines, REACHES.map((_, i) => `${i} no`));
      });
      listener.close();
    }),
});

Deno.test({
  name: "a file runs behind the second wall as it does without",
  ignore,
  fn: () =>
    withStudent("export const f = (x) => x.mul(2);", async (student) => {
      const { nodes } = await student.trace("f", [tensor([1, 2])]);
      assert(nodes.length > 0);
    }, { bubblewrap, limits: { memory: 2 ** 30, cpu: 10 } }),
});
