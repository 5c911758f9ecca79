import type { ChecklistPoint } from './coaching.ts'

/** The checklist until a coach replaces it: what a good article is by KCS v6, asked so that yes is good. */
export const DEFAULT_POINTS: readonly ChecklistPoint[] = [
  {
    id: 'unique',
    en: 'Is it the only article about this?',
    fr: 'Est-ce le seul article à ce sujet ?',
  },
  {
    id: 'complete',
    en: 'Does it have all that its type needs: issue, environment, resolution, and the cause where it is known?',
    fr: 'A-t-il tout ce qu’il lui faut : problème, environnement, résolution, et la cause si elle est connue ?',
  },
  {
    id: 'requestor',
    en: 'Is the issue in the words of who asked?',
    fr: 'Le problème est-il dit avec les mots de qui a posé la question ?',
  },
  {
    id: 'clear',
    en: 'Will its readers understand each sentence and each step?',
    fr: 'Ses lecteurs comprendront-ils chaque phrase et chaque étape ?',
  },
  {
    id: 'title',
    en: 'Does the title say what it is about?',
    fr: 'Le titre dit-il de quoi il s’agit ?',
  },
  {
    id: 'links',
    en: 'Do its links lead where they should?',
    fr: 'Ses liens mènent-ils où ils doivent ?',
  },
  {
    id: 'metadata',
    en: 'Are its language, category, state and audience right?',
    fr: 'Sa langue, sa catégorie, son état et son public sont-ils justes ?',
  },
]
