import type { FastifyInstance } from 'fastify'

/** Notes every route from now on. @returns the methods that an address answers; none when nothing is there */
export function knownMethods(app: FastifyInstance): (url: string) => string[] {
  const patterns = new Map<string, { readonly segments: readonly string[]; readonly methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    const known = patterns.get(url) ?? { segments: url.split('/'), methods: new Set<string>() }
    for (const one of [method].flat()) known.methods.add(one)
    patterns.set(url, known)
  })
  return (url) => {
    const segments = (url.split('?', 1)[0] as string).split('/')
    const found = new Set<string>()
    for (const pattern of patterns.values())
      if (matches(pattern.segments, segments)) for (const method of pattern.methods) found.add(method)
    return [...found].sort()
  }
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, i) => part === segments[i] || (part.startsWith(':') && segments[i] !== ''))
  )
}
