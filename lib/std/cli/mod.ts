/**
 * The parser of command lines our programs use, with the name and signature of the published
 * `@std/cli`.
 *
 * `deno.json` links this package where the published one cannot be reached; without the link, the
 * published one takes its place and nothing else changes.
 *
 * @example
 * ```ts
 * import { parseArgs } from "@std/cli";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseArgs(["--seed", "7", "a.ts"]), { _: ["a.ts"], seed: 7 });
 * ```
 *
 * @module
 */

export * from "./parse_args.ts";
