import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const FILE = 'third-party-licences.txt'
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i
/** These ask for no text to go with copies. */
const WITHOUT_TEXT = ['Unlicense', 'CC0-1.0', '0BSD']
/** Its drawings come in by `icon-sprite.mjs`, not as a module. */
const DRAWN = fileURLToPath(new URL('../../node_modules/lucide-static/package.json', import.meta.url))

/** Writes the licences of all that is bundled, each with its whole text, to one file beside the scripts. */
export function licences() {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle).flatMap((chunk) => Object.keys(chunk.modules ?? {}))
      const packages = new Map()
      for (const file of [DRAWN, ...files]) {
        const folder = packageOf(file)
        if (folder !== undefined) packages.set(folder, textOf(folder))
      }
      const source = [...packages.values()].sort().join(`\n${'-'.repeat(80)}\n\n`)
      this.emitFile({ type: 'asset', fileName: FILE, source })
    },
  }
}

/** The folder of the package that a module belongs to; nothing for modules of the project. */
function packageOf(file) {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0]
}

function textOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  if (texts.length === 0 && !WITHOUT_TEXT.includes(license))
    throw new Error(`${name} ${version} (${license}) comes without the text of its licence`)
  return `${[`${name} ${version} (${license})`, ...texts].join('\n\n')}\n`
}
