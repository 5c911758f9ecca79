import type { Get, ItemOf } from '../../api/types.ts'
import { t } from '../../messages/messages.ts'
import { isOneOf } from '../threads/thread.ts'

export type ListedCandidate = ItemOf<Get<'/api/candidates'>>
export type Candidate = Get<'/api/candidates/{id}'>
export type Counts = Get<'/api/candidates/counts'>
export type Weights = Get<'/api/candidates/weights'>

export const STATES = ['open', 'promoted', 'linked', 'merged', 'declined'] as const
export const TYPES = ['create', 'update', 'link', 'contradicts'] as const
export const REASONS = [
  'not-knowledge',
  'personal',
  'too-small',
  'too-rare',
  'outdated',
  'wrong',
  'other',
] as const

/** What a candidate is called where its thread may have no title. */
export function titleOf({ lead: { title } }: Pick<ListedCandidate, 'lead'>): string {
  return title.trim() === '' ? t('threads.untitled') : title
}

/** The language of its threads, as pages state it; absent where it is unknown. */
export function langOf({ language }: Pick<ListedCandidate, 'language'>): string | undefined {
  return language === 'und' ? undefined : language
}

export function typeName(type: string): string {
  return isOneOf(TYPES, type) ? t(`candidates.type-${type}`) : type
}

export function reasonName(reason: string): string {
  return isOneOf(REASONS, reason) ? t(`candidates.reason-${reason}`) : reason
}

/** Why a candidate was left as it was, by the code of the API. */
export function refusalName(code: string): string {
  return isOneOf(REFUSALS, code) ? t(`candidates.refused-${code}`) : code
}

const REFUSALS = [
  'CANDIDATE_NOT_FOUND',
  'CANDIDATE_DECIDED',
  'CANDIDATE_TARGET_DECIDED',
  'CANDIDATE_MERGED_INTO_ITSELF',
  'CANDIDATE_LANGUAGES_DIFFER',
  'CANDIDATE_DECIDED_SINCE',
  'CANDIDATE_ARTICLE_USED',
  'ARTICLE_NOT_FOUND',
  'ARTICLE_FORBIDDEN',
  'THREAD_PROTECTED',
  'THREAD_MERGED',
  'THREAD_NOT_FOUND',
] as const

/** The path of a candidate in the API. */
export function pathOf(id: string): string {
  return `/candidates/${encodeURIComponent(id)}`
}
