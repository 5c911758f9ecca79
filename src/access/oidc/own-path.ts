/** Where a sign-in leads that says nothing else. */
const START = '/app/'
const OWN = /^\/(app|help)(\/|\?|$)/
const SOMEWHERE = 'http://own.invalid'

/** An address of the workbench or the help centre, as it may be redirected to; its start for any other, above all for other sites. */
export function ownPath(given: string | undefined): string {
  if (given === undefined || !OWN.test(given) || !URL.canParse(given, SOMEWHERE)) return START
  const { origin, pathname, search, hash } = new URL(given, SOMEWHERE)
  return origin === SOMEWHERE && OWN.test(pathname) ? `${pathname}${search}${hash}` : START
}
