import { assertEquals } from "@std/assert";
import { saveDdpm } from "../../lib/models/ddpm/checkpoint.ts";
import { noiseSchedule } from "../../lib/models/ddpm/process/schedule.ts";
import { timeTable } from "../../lib/models/ddpm/process/time_table.ts";
import { UNet } from "../../lib/models/ddpm/unet.ts";
import { sampleDdpmTask } from "../../tasks/sample/ddpm.ts";
import { capture } from "../lib/course/capture.ts";
import { inTemporaryFolder } from "../temporary_folder.ts";

/** Fewer time steps than most of the pictures want. */
const T = 3;

Deno.test("how a DDPM draws is shown in pictures, however few its time steps are", async () => {
  await inTemporaryFolder(async (folder) => {
    const checkpoint = `${folder}/small.safetensors`;
    const unet = new UNet({ times: timeTable(T, 8), widths: [8, 8] });
    await saveDdpm(checkpoint, { unet, alphaBars: noiseSchedule("cosine", T).alphaBars });
    const { status, stdout, stderr } = await capture(sampleDdpmTask, [
      ...["--count=2", "--steps=1", "--figures", "--json"],
      ...[`--checkpoint=${checkpoint}`, `--out=${folder}`],
    ]);
    assertEquals(status, 0, stderr);
    const { figures } = JSON.parse(stdout);
    const names = ["samples", "strips", "guidance", "ddim_steps", "steps_quality"];
    assertEquals(figures, names.map((name) => `${folder}/${name}.png`));
    for (const figure of figures) {
      assertEquals((await Deno.readFile(figure)).slice(1, 4), new TextEncoder().encode("PNG"));
    }
  });
});
