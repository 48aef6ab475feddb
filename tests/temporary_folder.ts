/**
 * Folders for tests that write files.
 *
 * @module
 */

/** Runs a test with a folder of its own, which is then removed. */
export async function inTemporaryFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
