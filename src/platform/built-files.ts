import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where `npm run build` puts what browsers load; the same from `src/` and from `dist/`. */
export const BUILT_FOLDER = fileURLToPath(new URL('../../dist/web/', import.meta.url))
/** Where the server has it. */
export const BUILT_PATH = '/app/'

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
}

/** Addresses of what a page loads. */
export interface BuiltPage {
  readonly script: string
  readonly styles: readonly string[]
  /** Other scripts that the first one imports. */
  readonly imports: readonly string[]
}

/**
 * What was built for a page, by the file that its script begins with; undefined where nothing was built, as in most
 * tests.
 */
export function builtPage(entry: string): BuiltPage | undefined {
  const manifestFile = `${BUILT_FOLDER}.vite/manifest.json`
  if (!existsSync(manifestFile)) return undefined
  const manifest: Readonly<Record<string, Chunk>> = JSON.parse(readFileSync(manifestFile, 'utf8'))
  const chunk = manifest[entry]
  if (chunk === undefined) throw new Error(`no ${entry} in ${manifestFile}`)
  const at = (file: string) => `${BUILT_PATH}${file}`
  return {
    script: at(chunk.file),
    styles: (chunk.css ?? []).map(at),
    imports: (chunk.imports ?? []).flatMap((name) => manifest[name]?.file ?? []).map(at),
  }
}
