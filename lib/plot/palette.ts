/**
 * Colours that people with any kind of colour vision can tell apart (Okabe and Ito 2008, "Color
 * universal design").
 *
 * @module
 */

/** The colours by name; all are legible on white. */
export const PALETTE = {
  black: "#000000",
  blue: "#0072b2",
  vermillion: "#d55e00",
  green: "#009e73",
  purple: "#cc79a7",
  orange: "#e69f00",
  sky: "#56b4e9",
  grey: "#999999",
} as const;

/** The name of a colour. */
export type Colour = keyof typeof PALETTE;
