import { createHash } from 'node:crypto'
import { Parser } from 'htmlparser2'
import { helpCentreErrors } from '../errors.ts'
import type { Logo } from './settings.ts'

/** Bytes of a logo: beyond, it is a photograph. */
export const LARGEST_LOGO = 65_536
const MOST_PIXELS = 1_024
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** What draws shapes; nothing that loads, links, animates or runs. */
const ELEMENTS = new Set(
  `svg g path rect circle ellipse line polyline polygon text tspan title desc defs clippath mask lineargradient
  radialgradient stop symbol use`.split(/\s+/),
)
const ATTRIBUTES =
  /^(xmlns(:xlink)?|xml:space|version|id|class|role|aria-[a-z-]+|viewbox|preserveaspectratio|width|height|[xy][12]?|[dfcr][xy]?|points|pathlength|transform|gradient(units|transform)|spreadmethod|offset|clippathunits|maskunits|maskcontentunits|rotate|textlength|lengthadjust|fill(-rule|-opacity)?|stroke(-[a-z]+)?|opacity|color|stop-(color|opacity)|clip-(path|rule)|mask|font-(family|size|weight|style)|text-anchor|dominant-baseline|letter-spacing|display|visibility|overflow|href|xlink:href)$/
/** A reference within the picture. */
const OWN = /^#[\w.-]+$/

/**
 * A picture that can be shown as a logo. An SVG with anything but shapes is refused and not mended: whoever drew it knows
 * what it should look like.
 *
 * @throws CodedError HELP_LOGO_TYPE, HELP_LOGO_TOO_LARGE, HELP_LOGO_UNSAFE
 */
export function checkLogo(bytes: Buffer): Logo {
  if (bytes.length > LARGEST_LOGO) throw tooLarge()
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  if (bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) {
    requirePngSize(bytes)
    return { type: 'image/png', bytes, hash }
  }
  requireSafeSvg(bytes.toString())
  return { type: 'image/svg+xml', bytes, hash }
}

/** Width and height stand in the first chunk (PNG specification, 11.2.2). */
function requirePngSize(bytes: Buffer): void {
  if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR')
    throw helpCentreErrors.HELP_LOGO_TYPE()
  if (bytes.readUInt32BE(16) > MOST_PIXELS || bytes.readUInt32BE(20) > MOST_PIXELS) throw tooLarge()
}

function tooLarge() {
  return helpCentreErrors.HELP_LOGO_TOO_LARGE({ bytes: LARGEST_LOGO, pixels: MOST_PIXELS })
}

function requireSafeSvg(text: string): void {
  if (text.includes('\u0000') || text.includes('\ufffd')) throw helpCentreErrors.HELP_LOGO_TYPE()
  let root: string | undefined
  const refuse = (what: string) => {
    throw helpCentreErrors.HELP_LOGO_UNSAFE({ what })
  }
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = name.toLowerCase()
        root ??= element
        if (root !== 'svg') throw helpCentreErrors.HELP_LOGO_TYPE()
        if (!ELEMENTS.has(element)) refuse(`<${name}>`)
        for (const [attribute, value] of Object.entries(attributes))
          if (!isSafe(attribute.toLowerCase(), value)) refuse(`the attribute ${attribute}`)
      },
      onprocessinginstruction(name) {
        // A doctype may define entities, which mean what no check of the text sees.
        if (!/^\?xml$/i.test(name)) refuse(`<${name}>`)
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.write(text)
  parser.end()
  if (root === undefined) throw helpCentreErrors.HELP_LOGO_TYPE()
}

function isSafe(attribute: string, value: string): boolean {
  if (!ATTRIBUTES.test(attribute)) return false
  if (attribute.endsWith('href')) return OWN.test(value.trim())
  if (attribute.startsWith('xmlns')) return true
  const references = value.match(/url\s*\(([^)]*)\)?/gi) ?? []
  return (
    references.every((each) => /^url\s*\(\s*["']?#[\w.-]+["']?\s*\)$/i.test(each)) &&
    !/[\\@]|javascript:|data:/i.test(value)
  )
}
