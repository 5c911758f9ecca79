import type { CodedError } from '../platform/errors.ts'
import { ofArticles } from './french/articles.ts'
import { ofCommunity } from './french/community.ts'
import { ofRequests } from './french/requests.ts'
import { ofThreads } from './french/threads.ts'

/**
 * What agents and knowledge managers may read of errors, in French, by code; `{name}` stands for a detail of the error.
 * What only who runs the service meets (files, configuration, training) stays in English.
 */
const SENTENCES: Readonly<Record<string, string>> = {
  ...ofRequests,
  ...ofThreads,
  ...ofArticles,
  ...ofCommunity,
}

/** Codes that have a sentence in French, with it. */
export const frenchSentences: ReadonlyMap<string, string> = new Map(Object.entries(SENTENCES))

/** An error in French; undefined for one that has no sentence there. */
export function inFrench({ code, details }: Pick<CodedError, 'code' | 'details'>): string | undefined {
  return frenchSentences
    .get(code)
    ?.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? `{${name}}`))
}

/** What is wrong with a field, in French: the sentences that `explainValidation` forms itself. */
export function faultInFrench(message: string): string {
  const fixed = FAULTS[message]
  if (fixed !== undefined) return fixed
  const choice = /^must be ("[\s\S]*)$/.exec(message)?.[1]
  return choice === undefined ? message : `doit être ${choice.replaceAll('" or "', '" ou "')}`
}

const FAULTS: Readonly<Record<string, string>> = {
  'is required': 'est obligatoire',
  'is not a known field': 'n’est pas un champ connu',
  'is not valid': 'n’est pas valide',
  'must not contain the character U+0000': 'ne doit pas contenir le caractère U+0000',
  'must be string': 'doit être un texte',
  'must be integer': 'doit être un nombre entier',
  'must be number': 'doit être un nombre',
  'must be boolean': 'doit être true ou false',
  'must be object': 'doit être un objet',
  'must be array': 'doit être une liste',
}
