import { sourceErrors } from '../errors.ts'
import { type CsvField, type CsvMapping, plainName } from './mapping.ts'

/** What French and English headers plainly say; anything less plain takes a mapping. */
const wordings: Readonly<Partial<Record<CsvField, readonly string[]>>> = {
  question: ['question', 'question text', 'question body', 'texte de la question'],
  answer: ['answer', 'answer text', 'answer body', 'reponse', 'texte de la reponse'],
  thread: ['thread', 'thread id', 'fil', 'id du fil'],
  body: ['body', 'message', 'corps', 'texte du message'],
  id: ['id', 'identifiant', 'question id', 'id de la question'],
  kind: ['kind', 'type', 'nature'],
  parent: ['parent', 'parent id', 'id du parent'],
  title: ['title', 'titre', 'subject', 'sujet', 'objet'],
  created: ['date', 'created', 'created at', 'creation date', 'date de creation', 'cree le'],
  author: ['author', 'auteur'],
  accepted: ['accepted', 'acceptee', 'reponse acceptee', 'solved', 'resolved', 'resolu', 'resolue'],
  score: ['score', 'votes'],
  tags: ['tags', 'etiquettes'],
  category: ['category', 'categorie'],
  language: ['language', 'langue'],
  views: ['views', 'vues', 'nombre de vues'],
  url: ['url', 'lien', 'link'],
}
const rowPerPost: readonly CsvField[] = ['thread', 'body', 'kind', 'parent']
const rowPerQuestion: readonly CsvField[] = ['question', 'answer']

/**
 * The mapping that a header states by itself: it must name `question` and `answer` (or `thread`, `body`, and `kind` or
 * `parent`) in so many words, in French or English.
 *
 * @returns undefined when it does not
 * @throws CSV_HEADER_AMBIGUOUS when two columns claim the same field
 */
export function recogniseCsvColumns(
  header: readonly string[],
  place: { readonly file: string; readonly line: number },
): CsvMapping | undefined {
  const claims = new Map<CsvField, string[]>()
  for (const name of header) {
    for (const [field, words] of Object.entries(wordings) as [CsvField, readonly string[]][]) {
      if (words.includes(plainName(name))) claims.set(field, [...(claims.get(field) ?? []), name.trim()])
    }
  }
  const questions = claims.has('question') && claims.has('answer')
  const posts = claims.has('thread') && claims.has('body') && (claims.has('kind') || claims.has('parent'))
  if (questions === posts) return undefined
  const mapping = new Map<CsvField, readonly string[]>()
  for (const [field, columns] of claims) {
    if ((questions ? rowPerPost : rowPerQuestion).includes(field)) continue
    if (columns.length > 1)
      throw sourceErrors.CSV_HEADER_AMBIGUOUS({ ...place, field, columns: columns.join(', ') })
    mapping.set(field, columns)
  }
  return mapping
}
