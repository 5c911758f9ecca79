import type { Role } from '../access/actor.ts'

/** What the demo's lines are about. */
export interface DemoExample {
  /** A thread whose label is corrected. */
  readonly corrected: { readonly id: string; readonly label: string }
  /** A resolved thread that becomes an article. */
  readonly promoted: { readonly id: string; readonly query: string }
}

/** One `export` line and five `curl` lines, each to be pasted as it is, in this order, any number of times. */
export function demoLines(url: string, keys: ReadonlyMap<Role, string>, example: DemoExample): string[] {
  const { corrected, promoted } = example
  const json = "-H 'Content-Type: application/json'"
  const as = (variable: string) => `-H "Authorization: Bearer $${variable}"`
  const post = {
    title: 'Débit divisé par dix le soir',
    body: 'Depuis une semaine la fibre rame entre 20 h et 23 h, alors que le voyant reste blanc fixe. Que vérifier ?',
  }
  const annotation = { facet: 'category', label: corrected.label }
  const promote = `curl -s -X POST $DEMO/api/threads/${promoted.id}/promote ${as('MANAGER')}`
  const exported = [
    `DEMO=${url}`,
    `ROUTER=${keys.get('router')}`,
    `AGENT=${keys.get('agent')}`,
    `MANAGER=${keys.get('knowledge-manager')}`,
  ]
  return [
    'Paste this line first:',
    '',
    `export ${exported.join(' ')}`,
    '',
    '1. Classify and route a post (as the routing engine)',
    `curl -s $DEMO/api/classify ${as('ROUTER')} ${json} -d '${JSON.stringify(post)}'`,
    '',
    '2. Correct a label (as an agent)',
    `curl -s $DEMO/api/threads/${corrected.id}/annotations ${as('AGENT')} ${json} -d '${JSON.stringify(annotation)}'`,
    '',
    '3. Promote a resolved thread to a draft article (as a knowledge manager)',
    promote,
    '',
    '4. Publish it to everyone (promoting it again returns the same article, which provides the id)',
    `curl -s $DEMO/api/articles/$(${promote} | grep -o 'art_[0-9a-z]*' | head -n 1)/publish ${as('MANAGER')} ${json} -d '{"audience":"public"}'`,
    '',
    '5. Find it, as any customer',
    `curl -s -G $DEMO/api/search --data-urlencode 'q=${promoted.query}' -d kind=article`,
  ]
}
