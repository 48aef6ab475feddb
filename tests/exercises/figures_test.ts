import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { figures as figuresOfA } from "../../exercises/a_vae/figures.ts";
import * as solutionA from "../../exercises/a_vae/solution.ts";
import { figures as figuresOfB } from "../../exercises/b_score/figures.ts";
import * as solutionB from "../../exercises/b_score/solution.ts";
import { figures as figuresOfD } from "../../exercises/d_ddpm/figures.ts";
import * as solutionD from "../../exercises/d_ddpm/solution.ts";
import { NotImplemented } from "../../lib/course/not_implemented.ts";
import { div, randn, type Tensor, tensor } from "../../mod.ts";
import { decode } from "../lib/plot/decode.ts";
import { changed, draw, type Subject } from "./drawn.ts";

const A: Subject = {
  draw: figuresOfA,
  solution: solutionA,
  files: ["kl_per_dimension.png", "samples.png", "bernoulli_nll.png"],
};
const B: Subject = {
  draw: figuresOfB,
  solution: solutionB,
  files: ["sigma.png", "noisy_data.png", "scores.png"],
};
const D: Subject = {
  draw: figuresOfD,
  solution: solutionD,
  files: ["noising.png", "schedules.png", "embedding.png", "paths.png", "digits.png"],
};

const reference = { A: await draw(A), B: await draw(B), D: await draw(D) };

const subjects = [[A, reference.A], [B, reference.B], [D, reference.D]] as const;

Deno.test("the reference solution draws every figure, with a caption, large enough to print", async () => {
  for (const [{ files: expected }, { figures, files }] of subjects) {
    assertEquals([...files.keys()], [...expected]);
    assert(figures.every((figure) => "caption" in figure && figure.caption.length > 80));
    for (const png of files.values()) {
      const { width, height } = await decode(png);
      assert(width > 1200 && height > 600);
    }
  }
});

Deno.test("the seed decides the random points, and nothing else", async () => {
  assertEquals(changed(reference.A, await draw(A)), []);
  assertEquals(changed(reference.A, await draw(A, {}, 1)), ["samples.png"]);
  assertEquals(changed(reference.B, await draw(B, {}, 1)), ["noisy_data.png"]);
  const drawn = ["noising.png", "paths.png", "digits.png"];
  assertEquals(changed(reference.D, await draw(D, {}, 1)), drawn);
});

Deno.test("a wrong function shows in its figure and in no other", async () => {
  const wrongInA = {
    klDiagGaussianToStandard: (mu: Tensor, logvar: Tensor) =>
      logvar.exp().add(mu.square()).sub(1).sub(logvar).sum(1),
    bernoulliNllFromLogits: (logits: Tensor, x: Tensor) => {
      const p = logits.sigmoid();
      return p.log().mul(x).add(p.neg().add(1).log().mul(x.neg().add(1))).neg().sum(1);
    },
    // One noise for all dimensions.
    reparameterize: (mu: Tensor, logvar: Tensor) =>
      mu.add(logvar.div(2).exp().mul(randn([mu.shape[0], 1]))),
  };
  const files = ["kl_per_dimension.png", "bernoulli_nll.png", "samples.png"];
  for (const [i, [name, wrong]] of Object.entries(wrongInA).entries()) {
    assertEquals(changed(reference.A, await draw(A, { [name]: wrong })), [files[i]]);
  }
  const wrongInB = {
    sigmaVe: (t: Tensor) => solutionB.sigmaVe(t),
    conditionalScoreXtGivenX0: (xt: Tensor, x0: Tensor, sigmaT: Tensor) =>
      xt.sub(x0).div(sigmaT.square()),
    veForward: (x0: Tensor, t: number) => {
      const { eps, sigmaT } = solutionB.veForward(x0, t);
      return { xt: x0.mul(0.5).add(sigmaT.mul(eps)), eps, sigmaT };
    },
  };
  const filesOfB = ["sigma.png", "scores.png", "noisy_data.png"];
  for (const [i, [name, wrong]] of Object.entries(wrongInB).entries()) {
    assertEquals(changed(reference.B, await draw(B, { [name]: wrong })), [filesOfB[i]]);
  }
  const wrongInD = {
    snr: (left: Tensor) => left.div(1),
    guidedEpsilon: (uncond: Tensor, cond: Tensor) => cond.sub(uncond),
    timeEmbedding: (t: Tensor, dim: number) => solutionD.timeEmbedding(t, dim).mul(-1),
  };
  assertEquals(changed(reference.D, await draw(D, wrongInD)), [
    ...["schedules.png", "embedding.png", "digits.png"],
  ]);
});

Deno.test("a function that is not written, throws or gives another shape leaves its figure out", async () => {
  const { figures, files } = await draw(A, {
    klDiagGaussianToStandard: () => {
      throw new NotImplemented("klDiagGaussianToStandard");
    },
    reparameterize: (mu: Tensor) => mu.sum(1),
    bernoulliNllFromLogits: (logits: Tensor, x: Tensor) => logits.matmul(x),
  });
  assertEquals(files.size, 0);
  const reasons = figures.map((figure) => "reason" in figure ? figure.reason : "");
  assertStringIncludes(reasons[0], "not written yet: klDiagGaussianToStandard");
  assertStringIncludes(reasons[1], "expected z of shape [20000, 2], received z of shape [20000]");
  assertStringIncludes(reasons[2], "matmul");
  assert(reasons.every((reason) => !reason.includes("\n")));
});

Deno.test("values that are not finite are not drawn, and stop nothing", async () => {
  const lost = (x: Tensor) => x.sub(x).div(0).sum(1);
  const { files } = await draw(A, {
    klDiagGaussianToStandard: lost,
    reparameterize: (mu: Tensor) => mu.div(0),
    bernoulliNllFromLogits: lost,
  });
  assertEquals(files.size, 3);
  // Images are the exception: which of their pixels are not numbers is said instead.
  const { figures } = await draw(D, {
    snr: (alphaBars: Tensor) => alphaBars.div(0),
    qSample: (x0: Tensor) => x0.sub(x0).div(0),
    ddimStep: (xt: Tensor) => xt.sub(xt).div(0),
  });
  const left = figures.flatMap((figure) => "reason" in figure ? [figure.reason] : []);
  assertEquals(left.length, 2);
  assert(left.every((reason) => reason.startsWith("imageGrid: the image at row")));
});

Deno.test("in float32 the naive likelihood is lost where the caption says", async () => {
  const l = tensor([16, 18, -87, -89]);
  const p = div(1, l.neg().exp().add(1));
  const [at16, at18] = await p.neg().add(1).log().neg().data();
  const [, , atMinus87, atMinus89] = await p.log().neg().data();
  assert(Number.isFinite(at16) && Number.isFinite(atMinus87));
  assertEquals([at18, atMinus89], [Infinity, Infinity]);
});
