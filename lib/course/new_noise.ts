/**
 * Whether a function draws noise anew in every call, from the stream that its caller chooses.
 *
 * @module
 */
import type { Generator } from "../random/mod.ts";
import { CheckFailure } from "./check.ts";
import { digits } from "./expect.ts";
import type { PlainGraph } from "./graph/plain.ts";
import { seeded } from "./seeded.ts";

/** So many elements are told by what they are, not by how they change from call to call. */
const MANY = 64;

/** How often a function may give the same before it counts as giving it always. */
const CALLS = 8;

/** What the checks of this have in common. */
export const NEW_NOISE = {
  points: 1,
  message: "every call draws new noise, from the stream that manualSeed seeds",
  hint: "Draw with randn or randnLike inside the function, without a seed or a generator of your " +
    "own, so that two calls differ and whoever calls decides on the seed. (A tensor never " +
    "changes: add gives a new one.)",
} as const;

/** A function under check, called with the same arguments again and again. */
export interface Repeated {
  /** What it gives, with noise drawn from a generator. */
  values(generator: Generator): Promise<ArrayLike<number>>;
  /** Its graph. */
  trace(): Promise<PlainGraph>;
  /** What names the values, and what they are where there is no noise: `z` and `z - mu`. */
  readonly names: readonly [string, string];
  /** Says what it is called with. */
  readonly where: string;
}

/**
 * Whether calls differ from one another, and elements too, as noise makes them.
 *
 * Two float32 draws from N(0, 1) are the same with a chance of about 2^-22: eight, even of one
 * element, never are.
 *
 * @throws {CheckFailure} if there is no noise, it is the same in every call or not finite, or no seed
 * decides on it
 */
export async function expectNewNoise(
  { values, trace, names: [name, difference], where }: Repeated,
): Promise<void> {
  const fail = (received: string, expected = "new noise in every call") => {
    throw new CheckFailure({ expected, received, where });
  };
  const generator = seeded(3);
  const first = Array.from(await values(generator));
  const wrong = first.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) fail(`${name} = ${wrong}`, "finite numbers");
  // Few elements may be one number because noise is shared, which is another check's.
  if (first.length >= MANY && first.every((value) => value === first[0])) {
    fail(`${difference} = ${digits(first[0])} in every element`);
  }
  const again = await values(seeded(3));
  if (first.some((value, i) => value !== again[i])) {
    fail("other noise from the same seed", "noise from the stream that manualSeed seeds");
  }
  let same = true;
  for (let call = 1; same && call < CALLS; call++) {
    const next = await values(generator);
    same = first.every((value, i) => value === next[i]);
  }
  if (same) fail(`the same ${name} from every call`);
  const { streams } = await trace();
  if (streams.length > 0) fail("noise from a seed or a generator of the function's own");
}
