import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  ddimCoefficients,
  GenlabError,
  noiseSchedule,
  posteriorCoefficients,
  SCHEDULES,
  ShapeError,
  spacedSteps,
} from "../../../../mod.ts";

/** Every schedule at several T, with all of its steps. */
function* allSteps() {
  for (const name of SCHEDULES) {
    for (const T of [30, 200, 1000]) {
      const { betas, alphaBars } = noiseSchedule(name, T);
      for (let t = 1; t <= T; t++) {
        yield { t, beta: betas[t - 1], now: alphaBars[t], before: alphaBars[t - 1] };
      }
    }
  }
}

Deno.test("the two forms of the posterior's mean agree while x0hat is not clipped", () => {
  for (const { t, beta, now, before } of allSteps()) {
    const { a, b } = posteriorCoefficients(now, before);
    const [xt, eps] = [0.7, -1.3];
    const x0 = (xt - Math.sqrt(1 - now) * eps) / Math.sqrt(now);
    // Ho et al. 2020, equation 11.
    const mean = (xt - beta / Math.sqrt(1 - now) * eps) / Math.sqrt(1 - beta);
    assertAlmostEquals((a * x0 + b * xt) / mean, 1, 1e-9, `t = ${t}`);
  }
});

Deno.test("DDIM with eta 1 and unit stride is the posterior", () => {
  for (const { t, now, before } of allSteps()) {
    const ddim = ddimCoefficients(now, before, 1);
    const posterior = posteriorCoefficients(now, before);
    for (const name of ["a", "b", "sigma"] as const) {
      assertAlmostEquals(ddim[name], posterior[name], 1e-7, `${name} at t = ${t}`);
    }
  }
});

Deno.test("a step from the forward process leaves the forward process, at every eta and stride", () => {
  const { alphaBars } = noiseSchedule("cosine", 200);
  for (const [t, p] of [[200, 199], [100, 50], [2, 1], [200, 1]]) {
    for (const eta of [0, 0.5, 1]) {
      const { a, b, sigma } = ddimCoefficients(alphaBars[t], alphaBars[p], eta);
      // With x0 known, x_t = sqrt(abar_t) x0 + sqrt(1 - abar_t) eps.
      assertAlmostEquals(a + b * Math.sqrt(alphaBars[t]), Math.sqrt(alphaBars[p]), 1e-12);
      const variance = b ** 2 * (1 - alphaBars[t]) + sigma ** 2;
      assertAlmostEquals(variance, 1 - alphaBars[p], 1e-12);
    }
  }
});

Deno.test("the posterior's variance is 0 at the end, and below beta before", () => {
  for (const { t, beta, now, before } of allSteps()) {
    const { sigma } = posteriorCoefficients(now, before);
    if (t === 1) assertEquals(sigma, 0);
    else assert(sigma ** 2 > 0 && sigma ** 2 < beta, `sigma² ${sigma ** 2} at t = ${t}`);
  }
});

Deno.test("spaced steps are as many as asked for, rising up to T, and all of them at most", () => {
  assertEquals(spacedSteps(5, 5), [1, 2, 3, 4, 5]);
  assertEquals(spacedSteps(200, 3), [67, 133, 200]);
  for (const count of [1, 3, 7, 199, 200]) {
    const steps = spacedSteps(200, count);
    assertEquals(new Set(steps).size, count);
    assertEquals(steps, steps.toSorted((a, b) => a - b));
    assert(steps[0] >= 1 && steps[count - 1] === 200);
  }
  assertThrows(() => spacedSteps(10, 11), ShapeError, "11 steps of 10");
  assertThrows(() => spacedSteps(10, 0), ShapeError, "0 steps of 10");
  assertThrows(() => spacedSteps(10.5, 2), ShapeError, "2 steps of 10.5");
});

Deno.test("steps backwards that cannot be taken are refused", () => {
  assertThrows(() => ddimCoefficients(0.5, 0.9, 1.1), GenlabError, "eta is 1.1");
  assertThrows(() => ddimCoefficients(0.9, 0.5, 0), GenlabError, "from abar 0.9 to 0.5");
  assertThrows(() => posteriorCoefficients(0, 0.5), GenlabError, "from abar 0 to 0.5");
});
