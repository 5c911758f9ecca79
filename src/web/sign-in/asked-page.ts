/** Where an identity provider, or the server, leads whom it refused. */
const SIGN_IN = '/app/sign-in'

/** The page that somebody wanted who has to sign in first; only one of the workbench. */
export function askedPage({ pathname, search, origin }: Location = window.location): string {
  if (pathname !== SIGN_IN) return pathname + search
  const to = new URLSearchParams(search).get('to') ?? ''
  if (!/^\/app(\/|\?|$)/.test(to) || !URL.canParse(to, origin)) return '/app/'
  const asked = new URL(to, origin)
  const isOwn = asked.origin === origin && asked.pathname.startsWith('/app') && asked.pathname !== SIGN_IN
  return isOwn ? asked.pathname + asked.search : '/app/'
}
