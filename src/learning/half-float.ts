/**
 * IEEE 754 half precision, as TensorFlow.js stores weights of quantisation `float16`. Rounds to nearest even;
 * beyond ±65504 it saturates, so that no weight becomes infinite.
 */
export function toHalf(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const half = new Uint16Array(values.length)
  for (let at = 0; at < values.length; at++) half[at] = halfBits(bits[at]!)
  return half
}

function halfBits(single: number): number {
  const sign = (single >>> 16) & 0x8000
  const magnitude = single & 0x7fffffff
  if (magnitude >= 0x477ff000) return sign | 0x7bff
  if (magnitude < 0x33000001) return sign
  const exponent = magnitude >>> 23
  if (exponent >= 113) return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13)
  const shift = 126 - exponent
  const mantissa = (magnitude & 0x7fffff) | 0x800000
  const rounded = (mantissa + (1 << (shift - 1)) - 1 + ((mantissa >>> shift) & 1)) >>> shift
  return sign | rounded
}

/** The exact single-precision values of half-precision ones. */
export function fromHalf(half: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(half.length)
  for (let at = 0; at < half.length; at++) {
    const bits = half[at]!
    const exponent = (bits >>> 10) & 31
    const fraction = bits & 1023
    const size =
      exponent === 31
        ? fraction === 0
          ? Infinity
          : NaN
        : exponent === 0
          ? fraction * 2 ** -24
          : (1024 + fraction) * powers[exponent]!
    values[at] = bits & 0x8000 ? -size : size
  }
  return values
}

const powers = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (exponent - 25))
