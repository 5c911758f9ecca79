import { fileURLToPath } from 'node:url'
import type { Command } from './prepared.ts'

const folder = fileURLToPath(new URL('../../fixtures/demo/', import.meta.url))

const importOf = (format: string, name: string, source: string): Command => [
  ...['import', format, `${folder}${name}`, '--source', source, '--audience', 'public'],
]

/** Threads with answers, in both languages. */
export const COMMUNITY: readonly Command[] = [
  importOf('ndjson', 'community-fr.ndjson', 'fr'),
  importOf('ndjson', 'community-en.ndjson', 'en'),
]

/** Labelled questions, in both languages. */
export const QUESTIONS: readonly Command[] = [
  importOf('csv', 'questions-fr.csv', 'questions-fr'),
  importOf('csv', 'questions-en.csv', 'questions-en'),
]

/** The whole demo community. */
export const DEMO: readonly Command[] = [...COMMUNITY, ...QUESTIONS]

export const TRAIN: Command = ['train', 'category']
