/**
 * The reference streams in tests/fixtures: rng.json (made by generate.py), init.json (the same) and
 * generator_streams.json (made by generator_streams.py).
 *
 * @module
 */

/** One recorded call of rng.json: its result's first elements, last four, and sum. */
export interface GoldenCall {
  call: string;
  dtype: "float32" | "float64" | "int64";
  shape: number[];
  first: number[];
  last: number[];
  sum: number;
}

/** One recorded call of generator_streams.json: the values, integers as strings, or their SHA-256. */
export interface StreamCall {
  call: string;
  values?: number[] | string[];
  sha256?: string;
}

/** generator_streams.json. */
export interface Streams {
  default_seed: string;
  seeds: { seed: string; initial_seed: string; "rand(3)": number[] }[];
  streams: Record<string, StreamCall[]>;
  state: { seed: number; state: string; "randn(2)": number[]; "rand(700)[-2:]": number[] };
}

/** One parameter of init.json. */
export interface GoldenParameter {
  shape: number[];
  first: number[];
  last: number[];
  sum: number;
  norm: number;
}

/** The streams of rng.json by seed. */
export function readGolden(): Record<string, GoldenCall[]> {
  return read<{ streams: Record<string, GoldenCall[]> }>("rng.json").streams;
}

/** The parameters of init.json for seed 0: by module, then by name, in the order they were made. */
export function readInit(): Record<string, Record<string, GoldenParameter>> {
  return read<{ "0": Record<string, Record<string, GoldenParameter>> }>("init.json")["0"];
}

/** generator_streams.json. */
export function readStreams(): Streams {
  return read<Streams>("generator_streams.json");
}

function read<T>(name: string): T {
  return JSON.parse(Deno.readTextFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));
}
