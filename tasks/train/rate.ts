/**
 * Learning rates over the course of a training run.
 *
 * @module
 */

/** Steps in which the learning rate rises. */
const WARM_UP = 200;
/** What is left of the highest learning rate at the end. */
const LEFT = 0.02;

/** The learning rate after `done` steps: up in a line, then down along half a cosine. */
export function rateAt(done: number, steps: number, highest: number): number {
  const rise = Math.min(1, (done + 1) / WARM_UP);
  const fall = LEFT + (1 - LEFT) * (1 + Math.cos(Math.PI * done / steps)) / 2;
  return highest * rise * fall;
}
