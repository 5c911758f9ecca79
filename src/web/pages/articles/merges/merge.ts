import type { Get } from '../../../api/types.ts'

export type Preview = Get<'/api/articles/{id}/merge-preview'>
export type PreviewPassage = Preview['passages'][number]

/** The revisions that the preview is of, as the API wants to have them back. */
export function versionOf({ merged, into }: Preview): string {
  return `"${merged.revision}-${into.revision}"`
}

export const MOVED = ['threads', 'uses', 'feedback', 'reports'] as const

const REFUSALS = ['ARTICLE_MERGE_WIDER', 'THREAD_PROTECTED', 'ARTICLE_PERSONAL_DATA'] as const

/** Why text of one article is not simply shown to the readers of the other. */
export function refusalKey(code: string): (typeof REFUSALS)[number] | undefined {
  return REFUSALS.find((each) => each === code)
}
