import { CodedError } from '../../platform/errors.ts'
import type { Place } from '../../sources/record.ts'

/** What became of an article of an import. `conflict`: it was edited here and there, and stays as it is here. */
export type Outcome = 'new' | 'changed' | 'same' | 'conflict' | 'refused' | 'ignored'

/** Something in the imported files that somebody should read. */
export interface Remark {
  readonly outcome: Outcome
  readonly place: Place
  readonly code: string
  readonly reason: string
}

/** How many articles met each outcome. */
export type ImportCounts = Readonly<Record<Outcome, number>>

export interface ImportReport {
  readonly counts: ImportCounts
  /** New articles that are not published, or for fewer people, than they were to be, each for a reason that was remarked. */
  readonly unpublished: number
}

/** Counts the outcomes of an import, and hands on what is remarkable. */
export class ReportedOutcomes {
  readonly #counts: Record<Outcome, number> = {
    new: 0,
    changed: 0,
    same: 0,
    conflict: 0,
    refused: 0,
    ignored: 0,
  }
  readonly #onRemark: (remark: Remark) => void
  #unpublished = 0

  constructor(onRemark: (remark: Remark) => void = () => undefined) {
    this.#onRemark = onRemark
  }

  count(outcome: Outcome, times = 1): void {
    this.#counts[outcome] += times
  }

  /** An article that was not imported. */
  refuse(remark: Remark): void {
    this.count(remark.outcome)
    this.#onRemark(remark)
  }

  /** A new article that is not published, or for fewer people, than it was to be. */
  leaveUnpublished(place: Place, { code, message }: CodedError): void {
    this.#unpublished += 1
    this.#onRemark({ outcome: 'new', place, code, reason: message })
  }

  /**
   * Runs the import of one article, and counts its outcome, a coded error as a refusal; nothing if there is none yet.
   *
   * @param conflicts codes that mean that the article was changed here too
   */
  async attempt(
    place: Place,
    work: () => Promise<Outcome | undefined>,
    conflicts: readonly string[] = ['ARTICLE_CONFLICT', 'IMPORT_CONFLICT'],
  ): Promise<void> {
    try {
      const outcome = await work()
      if (outcome !== undefined) this.count(outcome)
    } catch (error) {
      if (!(error instanceof CodedError) || error.status >= 500) throw error
      const outcome = conflicts.includes(error.code) ? 'conflict' : 'refused'
      this.refuse({ outcome, place, code: error.code, reason: error.message })
    }
  }

  get report(): ImportReport {
    return { counts: { ...this.#counts }, unpublished: this.#unpublished }
  }
}
