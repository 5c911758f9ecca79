import type { Audience } from '../../access/audience.ts'
import type { Sentences } from '../../text/wording.ts'

/** Who may open the help centre: anyone, or only people who are signed in. */
export const ACCESS = ['public', 'signed-in'] as const
/** Where the root of the site leads. */
export const STARTS = ['workbench', 'help-centre'] as const

/** Which asked questions wait until a colleague releases them: those that look like spam, or all. */
export const HOLDS = ['suspicious', 'all'] as const

/** How customers ask what no page answers. */
export interface AskingSettings {
  readonly open: boolean
  /** Who may see what is asked from now on; earlier questions keep the audience under which they were asked. */
  readonly audience: Audience
  readonly hold: (typeof HOLDS)[number]
  /** Days after the last answer for which an asker's e-mail address is kept. */
  readonly keepAddressDays: number
}

export interface SettingsLink {
  readonly label: Sentences
  readonly url: string
}

/** The name of a category in both languages. */
export interface TopicName {
  readonly category: string
  readonly name: Sentences
}

/** What a company decides about its help centre. */
export interface Settings {
  readonly name: Sentences
  readonly access: (typeof ACCESS)[number]
  readonly start: (typeof STARTS)[number]
  /** The colour of links and buttons on a light and on a dark background, as `#rrggbb`. */
  readonly colours: { readonly light: string; readonly dark: string }
  readonly header: readonly SettingsLink[]
  /** Legal pages among them. */
  readonly footer: readonly SettingsLink[]
  /** Where people turn to when nothing helps: an address, or empty. */
  readonly contact: string
  /** The company's chat, offered to who seems to give up; its address is empty where there is none. */
  readonly chat: SettingsLink
  /** What categories are called to customers, where their own names will not do. */
  readonly topics: readonly TopicName[]
  readonly asking: AskingSettings
}

export const USUAL_SETTINGS: Settings = {
  name: { en: 'Help centre', fr: 'Centre d’aide' },
  access: 'public',
  start: 'workbench',
  colours: { light: '#2b5bd7', dark: '#8ab0ff' },
  header: [],
  footer: [],
  contact: '',
  chat: { url: '', label: { en: 'Chat with us', fr: 'Discuter avec nous' } },
  topics: [],
  // Nothing opens to strangers before somebody decides so, and nobody but colleagues reads what they write.
  asking: { open: false, audience: 'internal', hold: 'suspicious', keepAddressDays: 90 },
}

/** The logo as it is served. */
export interface Logo {
  readonly type: 'image/svg+xml' | 'image/png'
  readonly bytes: Buffer
  /** Changes with the picture. */
  readonly hash: string
}
