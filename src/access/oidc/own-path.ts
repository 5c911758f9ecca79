/** Where a sign-in leads that says nothing else. */
const START = '/app/'
const SOMEWHERE = 'http://own.invalid'

/** An address of the workbench, as it may be redirected to; its start for any other, above all for other sites. */
export function ownPath(given: string | undefined): string {
  if (given === undefined || !/^\/app(\/|\?|$)/.test(given) || !URL.canParse(given, SOMEWHERE)) return START
  const { origin, pathname, search, hash } = new URL(given, SOMEWHERE)
  return origin === SOMEWHERE && pathname.startsWith('/app') ? `${pathname}${search}${hash}` : START
}
