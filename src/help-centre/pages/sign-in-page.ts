import { html } from '../../text/html/html.ts'
import { fillIn } from '../../text/language/written.ts'
import { homePath } from './addresses.ts'
import type { Page, Site } from './layout.ts'
import { wordsIn } from './words.ts'

export interface SignInWays {
  readonly password: boolean
  /** Name of the identity provider. */
  readonly provider?: string
}

/** Where readers sign in, and why they could not. */
export function signInPage(
  site: Site,
  {
    ways,
    to,
    email = '',
    problem,
  }: {
    readonly ways: SignInWays
    readonly to: string
    readonly email?: string
    readonly problem?: string
  },
): Page {
  const { language } = site
  const words = wordsIn(language)
  return {
    title: words.signIn,
    isIndexed: false,
    ownSearch: true,
    main: html`<div class="sign-in"><h1>${words.signInFirst}</h1>
${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
${
  ways.provider !== undefined &&
  html`<p><a class="button" href="/api/sign-in/oidc?to=${encodeURIComponent(to)}">${fillIn(words.signInWith, { name: ways.provider })}</a></p>`
}
${
  ways.password &&
  html`<form method="post" action="${homePath(language)}/sign-in"><input type="hidden" name="to" value="${to}">
<label for="email">${words.email}</label><input id="email" name="email" type="email" autocomplete="username" required value="${email}">
<label for="password">${words.password}</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button>${words.signIn}</button></form>`
}</div>`,
  }
}
