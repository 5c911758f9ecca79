import { Link } from 'wouter-preact'
import { t } from '../../messages/messages.ts'
import { CONFIDENCES } from '../articles/article.ts'
import { confidenceName } from '../articles/names.ts'
import { isOneOf } from '../threads/thread.ts'
import type { Candidate } from './candidate.ts'

/** Why the candidate is of its type: the article that is about it, and what of the answer it lacks or denies. */
export function Evidence({ candidate }: { readonly candidate: Candidate }) {
  const { type, article, evidence } = candidate
  return (
    <section class="stack stack-tight" aria-label={t('candidates.why')}>
      <p>
        <strong>{t(`candidates.type-${type}`)}.</strong> {t(`candidates.because-${type}`)}
      </p>
      {article !== undefined && (
        <p>
          <Link href={`~/app/articles/${article.id}`}>{article.title}</Link>{' '}
          {isOneOf(CONFIDENCES, article.confidence) && (
            <span class="small muted">{confidenceName(article.confidence)}</span>
          )}
        </p>
      )}
      {type === 'contradicts' && evidence.differences.length > 0 && (
        <ul class="stack stack-tight">
          {evidence.differences.map((difference) => (
            <li key={`${difference.quote.text} ${difference.statement}`} class="candidates-difference">
              <p class="small muted">{t('candidates.inAnswer')}</p>
              <p class="threads-said">
                <Marked text={difference.quote.text} value={difference.inAnswer} />
              </p>
              <p class="small muted">{t('candidates.inArticle')}</p>
              <p class="threads-said">
                <Marked text={difference.statement} value={difference.inArticle} />
              </p>
            </li>
          ))}
        </ul>
      )}
      {type === 'update' && evidence.additions.length > 0 && (
        <ul class="stack stack-tight">
          {evidence.additions.map(({ text }) => (
            <li key={text} class="threads-said candidates-quote">
              {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** A statement with the value that differs marked in it. */
function Marked({ text, value }: { readonly text: string; readonly value: string }) {
  const at = value === '' ? -1 : text.indexOf(value)
  if (at < 0) return <span class="candidates-quote">{text}</span>
  return (
    <span class="candidates-quote">
      {text.slice(0, at)}
      <mark>{value}</mark>
      {text.slice(at + value.length)}
    </span>
  )
}
