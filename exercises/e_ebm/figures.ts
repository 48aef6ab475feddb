/**
 * The figures of exercise E, drawn with the student's functions beside what is known in closed form.
 *
 * @module
 */
import type { DrawFigures } from "../../lib/course/report/content.ts";
import { drawFigures } from "../../lib/course/report/draw.ts";
import { Generator } from "../../lib/random/mod.ts";
import { boundsOfChains } from "./figures/bounds.ts";
import { chainsOnLandscape, stepAgainstNoise } from "./figures/chains.ts";
import { lossByGap } from "./figures/loss.ts";
import { noiseAndTemperature } from "./figures/temperature.ts";

/** Draws the figures of exercise E: chains, step against noise, temperature, bounds, and the loss. */
export const figures: DrawFigures = (student, options) => {
  const seed = BigInt(options.seed);
  return drawFigures([
    {
      file: "chains.png",
      title: "Chains on an energy landscape",
      caption:
        "The shades are the density $e^{-E(x)}$ of an energy with four valleys. Left: the way down, " +
        "minus the gradient of `inputGradient`. Middle: three chains of `langevinStep`, from the " +
        "circles on, for 120 steps: down into a valley, about in it, and now and then over a low pass " +
        "into the next. Right: 500 chains that started anywhere in the picture, after as many steps: " +
        "within each valley they lie as the density does.",
      uses: ["inputGradient", "langevinStep"],
      draw: () => chainsOnLandscape(student, new Generator(seed)),
    },
    {
      file: "step_and_noise.png",
      title: "Step against noise",
      caption:
        "200 chains after 50 steps, from the same places; circles are one and two standard deviations " +
        "of each valley's density. Above, with $\\sigma = \\sqrt{2\\eta}$: small steps are not " +
        "through yet, and too large ones overshoot and spread too far. Below, with the step of the " +
        "middle: without noise all slide to the bottom of the nearest valley and stay, with little " +
        "they keep near it, and with much they heed the energy no more.",
      uses: ["langevinStep"],
      draw: () => stepAgainstNoise(student, new Generator(seed)),
    },
    {
      file: "temperature.png",
      title: "What a chain samples",
      caption: "Left: the variance of chains on $\\mathcal{N}(0, 1)$ with noise $\\sqrt{2\\eta}$ " +
        "(circles), and $1 / (1 - \\eta / 2)$: only small steps give 1, and from $\\eta = 2$ on " +
        "chains leave. The others: chains on an energy with two wells, and the density " +
        "$e^{-E(x)/T}$, $T = \\sigma^2 / (2\\eta)$. Less noise is a colder density: it keeps to the " +
        "bottom of the wells, and nothing crosses between them.",
      uses: ["langevinStep"],
      draw: () => noiseAndTemperature(student, new Generator(seed)),
    },
    {
      file: "bounds.png",
      title: "Bounds",
      caption:
        "Left: `clampToBounds` for two pairs of bounds. Right: chains on an energy that falls " +
        "without end. Nothing holds them by themselves; clamped after every step they pile up at " +
        "the bound.",
      uses: ["clampToBounds", "langevinStep"],
      draw: () => boundsOfChains(student, seed),
    },
    {
      file: "loss.png",
      title: "The contrastive loss",
      caption:
        "`contrastiveLoss` for data of energy $-g/2$ and samples of energy $g/2$. Without the " +
        "squares ($\\alpha = 0$) it falls for ever, and energies run away. With them the gap " +
        "settles at $g = 1/\\alpha$ (dots).",
      uses: ["contrastiveLoss"],
      draw: () => lossByGap(student),
    },
  ], options);
};
