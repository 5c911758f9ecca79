import {
  type JudgedPrediction,
  type ReadDeps,
  type ReadVersion,
  readVersion,
  type VersionQuestion,
} from './read-version.ts'

export interface ComparisonQuestion extends VersionQuestion {
  /** Number of the version to compare with. */
  readonly other: number
}

/** The predictions of one example by two versions. */
export interface Pair extends JudgedPrediction {
  readonly otherLabel: string
  readonly otherConfidence: number
}

interface ReadPairs {
  readonly one: ReadVersion
  readonly other: ReadVersion
  readonly pairs: readonly Pair[]
}

export type PairReader = ReturnType<typeof createPairReader>

/** Reads the predictions of two versions, and keeps what it read last, which is as much as both versions have examples. */
export function createPairReader() {
  let last: { readonly key: string; readonly found: ReadPairs } | undefined

  /** @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND */
  async function read(deps: ReadDeps, asked: ComparisonQuestion): Promise<ReadPairs> {
    const found = await readPairs(deps, asked)
    last = { key: keyOf(asked), found }
    return found
  }

  return {
    read,

    /**
     * What was read last where it is the same comparison, for the pages after its first. Of threads that the reader may no
     * longer see it still has the predictions.
     */
    async again(deps: ReadDeps, asked: ComparisonQuestion): Promise<ReadPairs> {
      return last?.key === keyOf(asked) ? last.found : read(deps, asked)
    },
  }
}

function keyOf({ facet, version, other, reader }: ComparisonQuestion): string {
  return JSON.stringify([facet, version, other, reader])
}

async function readPairs(
  deps: ReadDeps,
  { other: number, ...asked }: ComparisonQuestion,
): Promise<ReadPairs> {
  const one = await readVersion(deps, asked)
  const other = await readVersion(deps, { ...asked, version: number })
  const before = new Map(other.predictions.map((prediction) => [prediction.id, prediction]))
  const pairs = one.predictions.flatMap((prediction): Pair[] => {
    const match = before.get(prediction.id)
    if (match?.truth !== prediction.truth) return []
    return [{ ...prediction, otherLabel: match.label, otherConfidence: match.confidence }]
  })
  return { one, other, pairs }
}
