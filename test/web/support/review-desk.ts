import type { Page } from 'playwright-core'
import type { TestDatabase } from '../../support/databases.ts'
import { eventually } from '../../support/eventually.ts'

/** The labels of the facet `product`, in alphabetical order. */
export const LABELS = ['bill', 'other', 'repair']

/** What an agent labelled, as the database holds it. */
export interface StoredAnnotation {
  readonly label: string
  readonly revoked: string | null
  readonly note: string | null
  readonly blind: unknown
  readonly title: string
}

/** What agents labelled in a database. */
export function annotationsIn({ db }: TestDatabase) {
  const all = async (): Promise<StoredAnnotation[]> =>
    db
      .sql('annotations as a')
      .join('labels as l', 'l.id', 'a.label_id')
      .join('threads as t', 't.id', 'a.thread_id')
      .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
      .where('a.provenance', 'agent')
      .orderBy('a.id')
      .select('l.name as label', 'r.annotation_id as revoked', 'a.note', 'a.blind', 't.title')
  const inForce = async () => (await all()).filter(({ revoked }) => revoked === null)
  return {
    all,
    inForce,
    /** Those in force that are more than those before, once they are as many as wanted. */
    since: (before: number, wanted: number) =>
      eventually(
        async () => (await inForce()).slice(before),
        (found) => found.length === wanted,
      ),
  }
}

/** The title of the post that is asked about. */
export function shownTitle(page: Page): Promise<string> {
  return page.locator('.review-title').innerText()
}

/** The title of the next post, once it is shown. */
export function nextTitle(page: Page, before: string): Promise<string> {
  return eventually(
    () => shownTitle(page),
    (title) => title !== before,
    5,
  )
}

/** Presses a key that answers. @returns the title of the next post */
export async function press(page: Page, key: string): Promise<string> {
  const before = await shownTitle(page)
  await page.keyboard.press(key)
  return nextTitle(page, before)
}
