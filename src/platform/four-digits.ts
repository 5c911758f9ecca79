/**
 * A probability or another share as it is shown: with four digits. More are noise, and differ between machines. What is
 * decided is decided on the number itself.
 */
export function fourDigits(share: number): number {
  return Math.round(share * 1e4) / 1e4
}
