declare module 'virtual:messages/*' {
  const messages: Readonly<Record<string, Readonly<Record<string, (values: object) => string>>>>
  export default messages
}

declare module 'virtual:icons' {
  const address: string
  export default address
}

interface TrustedTypePolicy {
  createHTML(html: string): string
}

interface Window {
  readonly trustedTypes?: {
    createPolicy(name: string, rules: { createHTML(html: string): string }): TrustedTypePolicy
  }
}

declare module '*.css'

/** Its own types are not among what its package exports. */
declare module 'tinykeys' {
  export function tinykeys(
    target: Window,
    bindings: Record<string, (event: KeyboardEvent) => void>,
  ): () => void
}
