import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ICONS } from '../../src/web/parts/icon-names.ts'

const MODULE = 'virtual:icons'
const require = createRequire(import.meta.url)

/** One SVG file of the icons that pages use; `virtual:icons` is its address. */
export function iconSprite() {
  return {
    name: 'icon-sprite',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined
      const symbols = ICONS.map(symbolOf).join('')
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols}</svg>`
      const file = this.emitFile({ type: 'asset', name: 'icons.svg', source })
      return `export default import.meta.ROLLUP_FILE_URL_${file}`
    },
  }
}

function symbolOf(name) {
  const svg = readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), 'utf8')
  const drawing = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.trim()}</symbol>`
}
