import { assertEquals } from "@std/assert";
import { inTemporaryFolder } from "../../temporary_folder.ts";
import { runProgram } from "./subprocess.ts";

const PROGRAM = `
import { ones } from "genlab";
console.log(await ones([2]).sum().item());
`;

Deno.test("ONNX Runtime reports nothing to its makers, and leaves no file of that", async () => {
  await inTemporaryFolder(async (folder) => {
    const { stdout, stderr } = await runProgram({
      source: { code: PROGRAM },
      flags: ["--allow-ffi", "--allow-read", "--allow-env=ORT_DISABLE_TELEMETRY"],
      env: { TMPDIR: folder },
    });
    assertEquals({ stdout, stderr }, { stdout: "2", stderr: "" });
    assertEquals(await Array.fromAsync(Deno.readDir(folder), ({ name }) => name), []);
  });
});
