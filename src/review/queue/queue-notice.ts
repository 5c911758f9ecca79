import type { LeftOver } from './candidate-store.ts'

/** Why nothing is handed out, for programs and in sentences for people. */
export interface QueueNotice {
  readonly code: LeftOver
  readonly en: string
  readonly fr: string
}

const NOTICES: Readonly<Record<LeftOver, Omit<QueueNotice, 'code'>>> = {
  'held-by-others': {
    en: 'Other agents hold all threads that are worth a label now. Come back in a quarter of an hour.',
    fr: 'D’autres agents traitent toutes les discussions qui méritent une étiquette. Revenez dans un quart d’heure.',
  },
  certain: {
    en: 'Nothing is worth your time now: the model is nearly certain of every thread without a label, and no imported label is in doubt.',
    fr: 'Rien ne mérite votre temps pour l’instant\u00a0: le modèle est presque certain de chaque discussion sans étiquette, et aucune étiquette importée n’est douteuse.',
  },
  skipped: {
    en: 'You skipped all threads that are worth a label now: they go to other agents. Undo a skip to get its thread back.',
    fr: 'Vous avez passé toutes les discussions qui méritent une étiquette\u00a0: elles iront à d’autres agents. Annulez un passage pour reprendre sa discussion.',
  },
  labelled: {
    en: 'Nothing is worth your time now: every thread has a label, and no imported label is in doubt.',
    fr: 'Rien ne mérite votre temps pour l’instant\u00a0: chaque discussion a une étiquette, et aucune étiquette importée n’est douteuse.',
  },
  empty: {
    en: 'There is no thread yet that you may see. Import some first.',
    fr: 'Il n’y a encore aucune discussion que vous puissiez voir. Importez-en d’abord.',
  },
}

export function noticeOf(code: LeftOver): QueueNotice {
  return { code, ...NOTICES[code] }
}
