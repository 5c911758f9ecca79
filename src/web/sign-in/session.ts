import { computed, effect, signal } from '@preact/signals'
import { call, onSignedOut, Problem } from '../api/client.ts'
import { queries } from '../api/resource.ts'
import { currentLanguage, type Language, speak } from '../messages/messages.ts'
import { keepTextsFor } from '../parts/kept-text.ts'

export type Role = 'router' | 'agent' | 'knowledge-manager' | 'supervisor' | 'admin'
export type Theme = 'light' | 'dark' | 'system'

export interface SavedView {
  readonly id: string
  readonly name: string
  /** From `/app` on, with its search parameters. */
  readonly path: string
}

export interface Preferences {
  readonly language?: Language
  readonly theme?: Theme
  readonly shortcuts?: { readonly enabled: boolean; readonly keys: Readonly<Record<string, string>> }
  readonly views?: readonly SavedView[]
}

export interface Me {
  readonly id: string
  readonly name: string
  readonly kind: 'person' | 'key'
  readonly email?: string
  readonly roles: readonly Role[]
  readonly audience: string
  /** How far someone is trained in knowledge work; absent for who only reads articles. */
  readonly proficiency?: string
  readonly preferences: Preferences
}

/** `lost`: signed in before, and the session ended; what is on the page stays. */
type Session =
  | { readonly state: 'unknown' }
  | { readonly state: 'out' }
  | { readonly state: 'in'; readonly me: Me }
  | { readonly state: 'lost'; readonly me: Me }

export const session = signal<Session>({ state: 'unknown' })

/** Who is signed in. */
export const me = computed(() =>
  session.value.state === 'in' || session.value.state === 'lost' ? session.value.me : undefined,
)

export const preferences = computed<Preferences>(() => me.value?.preferences ?? {})

/** The theme that is shown: the person's, or that of the browser's cookie before anyone signed in. */
export const theme = signal<Theme>(themeOfPage())

/** Whether the person signed in has one of the roles; an administrator has all. */
export function hasRole(...roles: readonly Role[]): boolean {
  return me.value?.roles.some((role) => role === 'admin' || roles.includes(role)) ?? false
}

/** Whether the person signed in is trained to write articles: what exactly they may do with one, that one says. */
export function mayWriteArticles(): boolean {
  return me.value?.proficiency !== undefined
}

/** Asks who is signed in. @throws Problem where the server does not answer */
export async function findSession(): Promise<void> {
  try {
    enter((await call<Me>('GET', '/me')).data)
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    session.value = { state: 'out' }
  }
}

/** Takes up the session of someone who has just signed in. The page of another person begins anew. */
export function enter(now: Me): void {
  if (me.value !== undefined && me.value.id !== now.id) {
    window.location.reload()
    return
  }
  keepTextsFor(now.id)
  session.value = { state: 'in', me: now }
  const { language, theme: chosen } = now.preferences
  if (chosen !== undefined) showTheme(chosen)
  if (language !== undefined && language !== currentLanguage()) void chooseLanguage(language)
  void queries.invalidateQueries()
}

/** Ends the session, and with it all that the page knows. @throws Problem where the server does not end it */
export async function signOut(): Promise<void> {
  try {
    await call('POST', '/sign-out')
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
  }
  window.location.assign('/app/')
}

/** Why the last change of preferences was not kept. */
export const preferencesProblem = signal<Problem | undefined>(undefined)

/**
 * Changes preferences here and at the server; each that is given replaces the one before. Where the server does not take
 * them, those before are in force again, and `preferencesProblem` says why.
 *
 * @returns whether they are kept
 */
export async function prefer(changes: Preferences): Promise<boolean> {
  const { value } = me
  if (value === undefined) return false
  const { preferences: before } = value
  showPreferences({ ...before, ...changes })
  preferencesProblem.value = undefined
  if (value.kind !== 'person') return true
  try {
    await call('PATCH', '/me', { body: { preferences: changes }, outlivesPage: true })
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const names = Object.keys(changes) as (keyof Preferences)[]
    showPreferences({
      ...preferences.value,
      ...Object.fromEntries(names.map((name) => [name, before[name]])),
    })
    preferencesProblem.value = error
    return false
  }
}

/** Like `prefer`, from what the server has now: another tab may have changed the same preference meanwhile. */
export async function preferFrom(change: (before: Preferences) => Preferences): Promise<boolean> {
  try {
    const { data } = await call<Me>('GET', '/me')
    if (data.id !== me.value?.id) return false
    showPreferences(data.preferences)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    preferencesProblem.value = error
    return false
  }
  return prefer(change(preferences.value))
}

function showPreferences(shown: Preferences): void {
  const { value } = session
  if (value.state === 'in' || value.state === 'lost')
    session.value = { ...value, me: { ...value.me, preferences: shown } }
}

export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language)
  keepInCookie('entraide_language', language)
  // Sentences of the server come in the language they were asked in.
  void queries.invalidateQueries()
  if (preferences.value.language !== language) await prefer({ language })
}

export async function chooseTheme(chosen: Theme): Promise<void> {
  showTheme(chosen)
  await prefer({ theme: chosen })
}

function showTheme(chosen: Theme): void {
  theme.value = chosen
  keepInCookie('entraide_theme', chosen)
}

/** The server draws the next page in it: there is no flash of another theme or language. */
function keepInCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari before 2025
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax`
}

function themeOfPage(): Theme {
  const given = document.documentElement.dataset.theme
  return given === 'light' || given === 'dark' ? given : 'system'
}

effect(() => {
  document.documentElement.dataset.theme = theme.value
})

onSignedOut(() => {
  if (session.value.state === 'in') session.value = { state: 'lost', me: session.value.me }
})
