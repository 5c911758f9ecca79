/**
 * What text needs so that Markdown shows it as it is. `<` and `&` only where HTML or an entity would begin; a line's
 * start only where a list, heading, quote or rule would.
 */
export const inlineEscape: readonly [RegExp, string] = [
  /[\\`*_~[\]]|<(?=[a-z/!?])|&(?=#?\w{1,32};)/gi,
  '\\$&',
]
export const lineStartEscape: readonly [RegExp, string] = [
  /^(\s*?)(?:(\+\s|[=>|-]|#{1,6}\s)|(\d{1,9})([.)]\s))/gm,
  '$1$3\\$2$4',
]

/** Plain text as Markdown that shows the same, lines kept. */
export function escapeText(text: string): string {
  return text
    .replace(...inlineEscape)
    .replace(/^[ \t]+/gm, '')
    .replace(...lineStartEscape)
}
