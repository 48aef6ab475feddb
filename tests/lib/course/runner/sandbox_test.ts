import { assertEquals } from "@std/assert";
import { limited } from "../../../../lib/course/runner/sandbox.ts";

/** What becomes of a program under limits of ours, within those of a shell. */
async function outcomeUnder(shell: string, program: string): Promise<[number, string]> {
  const deno = [Deno.execPath(), "run", "--quiet", "--no-config", "--no-lock"];
  const command = limited([...deno, `data:text/javascript,${encodeURIComponent(program)}`], {
    memory: 2 ** 30,
  });
  const { code, stdout } = await new Deno.Command("sh", {
    args: ["-c", `${shell}\nexec "$0" "$@"`, ...command],
    stderr: "null",
  }).output();
  return [code, new TextDecoder().decode(stdout)];
}

Deno.test({
  name: "where threads have stacks of a gigabyte, as on some clusters, files run all the same",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const outcome = await outcomeUnder("ulimit -S -s 1048576 || :", 'console.log("here");');
    assertEquals(outcome, [0, "here\n"]);
  },
});

Deno.test({
  name: "memory that is more than allowed is not given",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const program =
      `try { new Uint8Array(2 ** 30).fill(1); } catch (error) { console.log(error.message); }`;
    assertEquals(await outcomeUnder(":", program), [0, "Array buffer allocation failed\n"]);
  },
});
