/**
 * Single-precision log, sin and cos that round as PyTorch's do when it fills a float32 tensor with
 * normal values, so that `randn` comes out equal to the last bit.
 *
 * PyTorch uses the Cephes polynomials (S. Moshier, `logf`, `sinf`, `cosf`) in AVX2 with fused
 * multiply-adds. The product of two float32 values is exact in double, so `fround(a * b + c)` is a
 * fused multiply-add but for a second rounding that matters about once in 2^29.
 *
 * @module
 */

const f32 = Math.fround;

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

const SQRT_HALF = f32(Math.SQRT1_2);
/** ln 2 = LN2_HIGH + LN2_LOW; the high part has so few bits that its multiples are exact. */
const LN2_HIGH = 0.693359375;
const LN2_LOW = f32(-2.12194440e-4);

const LOG_0 = f32(7.0376836292e-2);
const LOG_1 = f32(-1.1514610310e-1);
const LOG_2 = f32(1.1676998740e-1);
const LOG_3 = f32(-1.2420140846e-1);
const LOG_4 = f32(1.4249322787e-1);
const LOG_5 = f32(-1.6668057665e-1);
const LOG_6 = f32(2.0000714765e-1);
const LOG_7 = f32(-2.4999993993e-1);
const LOG_8 = f32(3.3333331174e-1);

/** Natural logarithm of a positive, normal float32 `x`. */
export function log(x: number): number {
  float[0] = x;
  let exponent = (bits[0] >> 23) - 126;
  bits[0] = (bits[0] & 0x007fffff) | 0x3f000000;
  let m = float[0]; // x = m 2^exponent, m in [1/2, 1)
  if (m < SQRT_HALF) {
    exponent -= 1;
    m = f32(f32(m - 1) + m);
  } else {
    m = f32(m - 1);
  }
  const z = f32(m * m);
  let y = f32(LOG_0 * m + LOG_1);
  y = f32(y * m + LOG_2);
  y = f32(y * m + LOG_3);
  y = f32(y * m + LOG_4);
  y = f32(y * m + LOG_5);
  y = f32(y * m + LOG_6);
  y = f32(y * m + LOG_7);
  y = f32(y * m + LOG_8);
  y = f32(y * m);
  y = f32(y * z + f32(exponent * LN2_LOW));
  y = f32(y - z * 0.5);
  return f32(f32(m + y) + exponent * LN2_HIGH);
}

const FOUR_OVER_PI = f32(4 / Math.PI);
/** pi/4 in three parts (Cody and Waite), the first two with so few bits that multiples are exact. */
const QUARTER_PI_1 = 0.78515625;
const QUARTER_PI_2 = f32(2.4187564849853515625e-4);
const QUARTER_PI_3 = f32(3.77489497744594108e-8);

const COS_0 = f32(2.443315711809948e-5);
const COS_1 = f32(-1.388731625493765e-3);
const COS_2 = f32(4.166664568298827e-2);
const SIN_0 = f32(-1.9515295891e-4);
const SIN_1 = f32(8.3321608736e-3);
const SIN_2 = f32(-1.6666654611e-1);

/** `x` less the multiple of pi/2 nearest to it, for `octant` twice that multiple. */
function reduce(x: number, octant: number): number {
  const a = f32(x - octant * QUARTER_PI_1);
  const b = f32(a - octant * QUARTER_PI_2);
  return f32(b - octant * QUARTER_PI_3);
}

function nearestOctant(x: number): number {
  return (Math.trunc(f32(x * FOUR_OVER_PI)) + 1) & ~1;
}

function cosPolynomial(r: number): number {
  const z = f32(r * r);
  let y = f32(COS_0 * z + COS_1);
  y = f32(y * z + COS_2);
  y = f32(y * z);
  y = f32(y * z - z * 0.5);
  return f32(y + 1);
}

function sinPolynomial(r: number): number {
  const z = f32(r * r);
  let y = f32(SIN_0 * z + SIN_1);
  y = f32(y * z + SIN_2);
  y = f32(y * z);
  return f32(y * r + r);
}

/** Sine of a float32 `x` in [0, 2 pi]. */
export function sin(x: number): number {
  const octant = nearestOctant(x);
  const r = reduce(x, octant);
  const y = octant & 2 ? cosPolynomial(r) : sinPolynomial(r);
  return octant & 4 ? -y : y;
}

/** Cosine of a float32 `x` in [0, 2 pi]. */
export function cos(x: number): number {
  const octant = nearestOctant(x);
  const r = reduce(x, octant);
  const y = octant & 2 ? sinPolynomial(r) : cosPolynomial(r);
  return (octant + 2) & 4 ? -y : y;
}
