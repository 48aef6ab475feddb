/**
 * What files say of the training they come from.
 *
 * @module
 */

/** Texts by name, as files keep them. */
export type Metadata = Readonly<Record<string, string>>;

/** How far a run is. */
export interface RunProgress {
  /** The loss of each step that was done. */
  readonly losses: readonly number[];
  /** Seconds it has taken. */
  readonly seconds: number;
}

/** Options by their names, as texts: what a run was begun with. */
export function described(options: Readonly<Record<string, unknown>>): Metadata {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]));
}

/** What a model's file says of its training: the options, how far it is, and the time it took. */
export function trainedWith(
  settings: Metadata,
  steps: number,
  { losses, seconds }: RunProgress,
): Metadata {
  const course = { steps, trained: losses.length, seconds: seconds.toFixed(0) };
  return { ...settings, ...described(course) };
}
