import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { randn, type Tensor } from "genlab";
import { figures } from "../../exercises/e_ebm/figures.ts";
import * as solution from "../../exercises/e_ebm/solution.ts";
import type { Energy } from "../../exercises/e_ebm/solution.ts";
import { NotImplemented } from "../../lib/course/not_implemented.ts";
import { decode } from "../lib/plot/decode.ts";
import { changed, draw, type Subject } from "./drawn.ts";

const FILES = ["chains.png", "step_and_noise.png", "temperature.png", "bounds.png", "loss.png"];

const E: Subject = { draw: figures, solution, files: FILES };

const reference = await draw(E);

Deno.test("exercise E: every figure is drawn, with a caption, large enough to print", async () => {
  assertEquals([...reference.files.keys()], FILES);
  assert(
    reference.figures.every((figure) => "caption" in figure && figure.caption.length > 80),
  );
  for (const png of reference.files.values()) {
    const { width, height } = await decode(png);
    assert(width > 1200 && height > 600);
  }
});

Deno.test("exercise E: the seed decides the random points, and nothing else", async () => {
  assertEquals(changed(reference, await draw(E)), []);
  // Bounds and loss: the curves are the same, the chains beside the former are not.
  assertEquals(changed(reference, await draw(E, {}, 1)), FILES.slice(0, 4));
});

Deno.test("exercise E: a wrong function shows in its figures and in no other", async () => {
  const { langevinStep } = solution;
  const hot = (...[energy, x, eta, sigma, noise]: Parameters<typeof langevinStep>) =>
    langevinStep(energy, x, eta, 2 * sigma, noise);
  const others = {
    inputGradient: (energy: Energy, x: Tensor) => energy(x).mul(0).reshape(-1, 1).add(x),
    clampToBounds: (x: Tensor, _: number, hi: number) => x.clamp(undefined, hi),
    contrastiveLoss: (real: Tensor, fake: Tensor) => real.mean().sub(fake.mean()),
  };
  const wrong: [object, string[]][] = [
    [{ langevinStep: hot }, FILES.slice(0, 4)],
    // The official langevinStep takes the official gradient.
    [others, ["chains.png", "bounds.png", "loss.png"]],
  ];
  for (const [changes, files] of wrong) {
    assertEquals(changed(reference, await draw(E, changes)), files);
  }
});

Deno.test("exercise E: a function that is not written, or not as it should be, leaves its figures out", async () => {
  const { figures, files } = await draw(E, {
    langevinStep: (_energy: Energy, x: Tensor) => x.add(randn(x.shape)),
    clampToBounds: () => {
      throw new NotImplemented("clampToBounds");
    },
    contrastiveLoss: (real: Tensor) => real,
  });
  assertEquals(files.size, 0);
  const reasons = figures.map((figure) => "reason" in figure ? figure.reason : "");
  for (const reason of reasons.slice(0, 3)) {
    assertStringIncludes(reason, "received noise that langevinStep draws itself");
  }
  assertStringIncludes(reasons[3], "not written yet: clampToBounds");
  assertStringIncludes(reasons[4], "expected the loss of shape [], received the loss of shape [1]");
  assert(reasons.every((reason) => !reason.includes("\n")));
});

Deno.test("exercise E: chains that leave, and values that are not finite, stop nothing", async () => {
  const { files } = await draw(E, {
    inputGradient: (_energy: Energy, x: Tensor) => x.sub(x).div(0),
    langevinStep: (_energy: Energy, x: Tensor) => x.mul(1e9),
    contrastiveLoss: (real: Tensor) => real.sum().div(0),
  });
  assertEquals(files.size, 5);
});
