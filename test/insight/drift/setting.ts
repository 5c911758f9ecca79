import { driftJobs } from '../../../src/insight/drift/drift-jobs.ts'
import { createReportStore } from '../../../src/insight/drift/report-store.ts'
import { createSnapshotStore } from '../../../src/insight/drift/snapshot-store.ts'
import { createTrafficStore } from '../../../src/insight/drift/traffic-store.ts'
import { topicJobs } from '../../../src/insight/topics/topic-jobs.ts'
import { createTopicStore } from '../../../src/insight/topics/topic-store.ts'
import type { HeldOutPrediction } from '../../../src/models/gate/held-out-predictions.ts'
import { createVersionStore } from '../../../src/models/registry/version-store.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { setUpTriage, type TriagedThread } from '../../triage/setting.ts'

export const DAY_MS = 86_400_000
export const keywords = { invoice: 'billing', facture: 'billing', antenna: 'network', antenne: 'network' }

/** Triage with drift on top: a clock that is moved by hand, and a model of keywords. */
export async function setUpDrift(database: Pick<TestDatabase, 'db'>) {
  const house = await setUpTriage(database)
  const { db, clock } = house
  const unseen: HeldOutPrediction[] = []
  const insight = {
    ...house.deps,
    versions: createVersionStore(db, clock),
    heldOutPredictions: async () => unseen,
    traffic: createTrafficStore(db),
    snapshots: createSnapshotStore(db, clock),
    reports: createReportStore(db, clock),
    topics: createTopicStore(db, clock),
  }
  const handlers = [...driftJobs(insight), ...topicJobs(insight)]
  return {
    ...house,
    insight,
    /** What was said out of fold of threads that the model learned from. */
    unseen,
    /** Does what is due of drift. */
    drain: () => drainJobs(insight, handlers),
    /** A thread asked so many days before (or, negative, after) the first of January 2026. */
    askedOn(day: number): string {
      return new Date(Date.UTC(2026, 0, 1, 12) - day * DAY_MS).toISOString()
    },
    /** Has threads asked by somebody, each by another person. */
    async ask(threads: readonly TriagedThread[], source?: Parameters<typeof house.store>[1]) {
      await house.store(threads, source)
      for (const { id } of threads)
        await db
          .sql('threads')
          .where({ id })
          .update({ asker_id: `asker-${id}` })
    },
  }
}

const OPENINGS = {
  en: ['Question about', 'Trouble with', 'Who understands', 'Nobody explains', 'Still waiting for'],
  fr: ['Question sur', 'Souci avec', 'Qui comprend', "Personne n'explique", "J'attends encore"],
}
const SUBJECTS = {
  en: [
    'my invoice of spring',
    'the invoice sent twice',
    'the antenna on the roof',
    'a broken antenna',
    'the garden',
  ],
  fr: [
    'ma facture du printemps',
    'la facture reçue deux fois',
    "l'antenne du toit",
    'une antenne cassée',
    'le jardin',
  ],
}

/** Posts as there always are, half of them French; the model fits four subjects of five. */
export function usualPosts(prefix: string, count: number, askedAt: string): TriagedThread[] {
  return Array.from({ length: count }, (_, i) => {
    const language = i % 2 === 0 ? 'en' : 'fr'
    const opening = OPENINGS[language][Math.floor(i / 10) % 5]
    return {
      id: `${prefix}-${i}`,
      title: `${opening} ${SUBJECTS[language][Math.floor(i / 2) % 5]}`,
      question: language === 'en' ? 'What should I do?' : 'Que faire ?',
      language,
      askedAt,
    }
  })
}

/** Posts about a decoder that is new, which no label fits. */
export function decoderPosts(prefix: string, count: number, askedAt: string): TriagedThread[] {
  const texts = {
    en: ['shows a black screen', 'black screen since the update', 'has lost all channels, black screen'],
    fr: ['affiche un écran noir', 'écran noir depuis la mise à jour', 'a perdu les chaînes, écran noir'],
  }
  return Array.from({ length: count }, (_, i) => {
    const language = i % 2 === 0 ? 'en' : 'fr'
    const name = language === 'en' ? 'Lumora decoder' : 'Décodeur Lumora'
    return {
      id: `${prefix}-${i}`,
      title: `${name} ${texts[language][Math.floor(i / 2) % 3]}`,
      question:
        language === 'en' ? 'The Lumora decoder restarts too.' : 'Le décodeur Lumora redémarre aussi.',
      language,
      askedAt,
    }
  })
}
