/** The contrast that text needs (WCAG 2.2, 1.4.3). */
export const LEAST_CONTRAST = 4.5

/** Backgrounds of the pages, on which links stand. */
export const GROUNDS = { light: '#ffffff', dark: '#14161a' } as const
const BLACK = '#000000'
const WHITE = '#ffffff'

/** The contrast of two colours written as `#rrggbb`, from 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrastOf(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

/** Black or white, whichever is easier to read on a colour; one of them always reaches {@link LEAST_CONTRAST}. */
export function readableOn(colour: string): string {
  return contrastOf(colour, WHITE) >= contrastOf(colour, BLACK) ? WHITE : BLACK
}

/** Relative luminance (WCAG 2.2), in [0, 1]. */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
