import { readableOn } from '../settings/contrast.ts'
import type { Settings } from '../settings/settings.ts'

/** A style sheet with the company's colours, after that of the pages. */
export function themeStyle({ light, dark }: Settings['colours']): string {
  const root = (accent: string) => `:root{--accent:${accent};--on-accent:${readableOn(accent)}}`
  return `${root(light)}\n@media (prefers-color-scheme:dark){${root(dark)}}\n`
}
