/** What people set for themselves in the workbench; each property is replaced as a whole. */
export interface Preferences {
  readonly language?: 'en' | 'fr'
  readonly theme?: 'light' | 'dark' | 'system'
  /** Single-key shortcuts: off, or other keys by the name of their command. */
  readonly shortcuts?: { readonly enabled: boolean; readonly keys: Readonly<Record<string, string>> }
  readonly views?: readonly SavedView[]
}

/** An address of the workbench that a person keeps under a name. */
export interface SavedView {
  readonly id: string
  readonly name: string
  readonly path: string
}
