declare module 'lunr-languages/*' {
  import type lunr from 'lunr'

  /** Adds a language, or what languages share, to lunr. */
  const plugin: (to: typeof lunr) => void
  export default plugin
}
