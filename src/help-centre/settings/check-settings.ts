import { helpCentreErrors } from '../errors.ts'
import { contrastOf, GROUNDS, LEAST_CONTRAST } from './contrast.ts'
import type { Settings, SettingsLink } from './settings.ts'

const COLOUR = /^#[0-9a-f]{6}$/

/**
 * Settings as they are kept: texts without spaces around them, colours in lower case.
 *
 * @throws CodedError HELP_COLOUR_INVALID, HELP_COLOUR_CONTRAST, HELP_LINK_INVALID, HELP_CHAT_INVALID
 */
export function checkSettings(given: Settings): Settings {
  const contact = given.contact.trim()
  if (contact !== '') requireAddress(contact, contact)
  return {
    ...given,
    name: { en: given.name.en.trim(), fr: given.name.fr.trim() },
    colours: {
      light: readableColour(given.colours.light, 'light'),
      dark: readableColour(given.colours.dark, 'dark'),
    },
    header: given.header.map(checkedLink),
    footer: given.footer.map(checkedLink),
    contact,
    chat: checkedChat(given.chat),
    topics: given.topics.map(({ category, name }) => ({
      category: category.trim(),
      name: { en: name.en.trim(), fr: name.fr.trim() },
    })),
  }
}

function readableColour(given: string, theme: 'light' | 'dark'): string {
  const colour = given.trim().toLowerCase()
  if (!COLOUR.test(colour)) throw helpCentreErrors.HELP_COLOUR_INVALID({ colour: given })
  const contrast = contrastOf(colour, GROUNDS[theme])
  if (contrast >= LEAST_CONTRAST) return colour
  throw helpCentreErrors.HELP_COLOUR_CONTRAST({
    colour,
    // Never rounded up to what it does not reach.
    ratio: (Math.floor(contrast * 100) / 100).toFixed(2),
    least: LEAST_CONTRAST,
  })
}

function checkedLink({ label, url }: SettingsLink): SettingsLink {
  const address = url.trim()
  requireAddress(address, label.en)
  return { label: { en: label.en.trim(), fr: label.fr.trim() }, url: address }
}

/** Whoever follows it writes there in confidence: by nothing but https. */
function checkedChat({ label, url }: SettingsLink): SettingsLink {
  const address = url.trim()
  const isSafe = /^https:\/\/[^\s@/?#]+(?:[/?#]\S*)?$/i.test(address) && URL.canParse(address)
  if (address !== '' && !isSafe) throw helpCentreErrors.HELP_CHAT_INVALID({ url })
  return { label: { en: label.en.trim(), fr: label.fr.trim() }, url: address }
}

function requireAddress(url: string, label: string): void {
  const isPath = /^\/(?![/\\])/.test(url)
  if (isPath && URL.canParse(url, 'http://own.invalid')) return
  if (/^(https?|mailto):/i.test(url) && URL.canParse(url)) return
  throw helpCentreErrors.HELP_LINK_INVALID({ label, url })
}
