import { LearningError } from '../errors.ts'
import type { Corpus } from '../features/corpus.ts'
import { fitVocabulary, weighRows } from '../features/vectorizer.ts'
import { fitWordVectors, type WordVectors } from '../features/word-vectors.ts'
import { trainNetwork } from '../network/network.ts'
import { type CorpusFit, predictRows } from './predict.ts'
import { drawUnlabelled, sureRows } from './self-training.ts'
import { fitTeacher, mixProbabilities } from './teacher.ts'

/** Settings of the fit of one model; chosen by the size of the data alone, and stored with the model. */
export interface FitSettings {
  /** Fewest rows in which an n-gram of the vocabulary occurs. */
  readonly minDocuments: number
  /** Most n-grams of the vocabulary. */
  readonly maxVocabulary: number
  /** Most n-grams read of one text. */
  readonly maxFeatures: number
  readonly epochs: number
  /** Initial step size of the linear part. */
  readonly learningRate: number
  /** Of the linear part. */
  readonly dropout: number
  /** Groups of hidden units, each trained by itself. */
  readonly groups: number
  /** Units of each. */
  readonly groupUnits: number
  /** Initial step size of the groups. */
  readonly groupRate: number
  readonly groupDropout: number
}

/** Most weights of one model; 4 bytes each in memory, 2 in the artefact, which so stays below 30 MB. */
const MAX_WEIGHTS = 13_500_000
const GROUPS = 8
const GROUP_UNITS = 16
/**
 * Up to so many examples, n-grams of a single one are kept: they raise accuracy by up to a point on small sets. On
 * larger ones they raise it by none, and double the artefact.
 */
const FEW_EXAMPLES = 5_000
/** About the most n-grams of all texts together; 21 bytes each while training, as two fits overlap before memory is freed. */
const MAX_ENTRIES = 28_000_000

/**
 * Settings found by cross-validation on the training splits of banking77, clinc150 and code-du-travail-fr: whole, cut
 * to 5 and 10 examples a label, and as small uneven communities with wrong labels and typos (docs/internals/learning.md).
 * Accuracy is flat around them.
 */
export function chooseFitSettings(examples: number, classes: number): FitSettings {
  return {
    minDocuments: examples <= FEW_EXAMPLES ? 1 : 2,
    maxVocabulary: Math.min(200_000, Math.floor(MAX_WEIGHTS / (classes + GROUPS * GROUP_UNITS))),
    maxFeatures: Math.max(128, Math.min(4096, Math.floor(MAX_ENTRIES / examples))),
    epochs: Math.min(20, Math.round(5 + 30_000 / examples)),
    learningRate: 2,
    dropout: 0.5,
    groups: GROUPS,
    groupUnits: GROUP_UNITS,
    groupRate: 0.2,
    groupDropout: 0.65,
  }
}

interface CorpusFitInput {
  readonly corpus: Corpus
  /** Labelled rows: examples, and names of labels. */
  readonly rows: Int32Array
  /** Class of each, in `[0, classes)`. */
  readonly targets: Int32Array
  readonly classes: number
  /** Unlabelled rows to learn from as well; none by default. */
  readonly unlabelled?: Int32Array
  /** Word vectors of the unlabelled rows, where many fits share them; by default they are fitted here. */
  readonly vectors?: WordVectors
  /** By the number of examples. */
  readonly settings: FitSettings
  readonly seed: number
  /** Called with the share done. */
  readonly onProgress?: (share: number) => void
}

/**
 * Least probability at which a label of an unlabelled row is learned from, in a first round and in a second, and the share
 * of the usual epochs: the fit of the first round only labels the rows of the second.
 */
const ROUNDS = [
  { least: 0.8, share: 0.5 },
  { least: 0.85, share: 1 },
]

/**
 * Fits a network to rows of a corpus. Where there are unlabelled rows, the network and a teacher, a linear model on word
 * vectors of the unlabelled rows, label those of which both together are sure, and the network is fitted again, twice:
 * the hidden groups also to these rows, the linear part to the labelled rows alone. So it learns words that no example
 * has, and a third of it does not learn from its own mistakes. Where no row is sure, the labelled rows are all there is.
 */
export function fitCorpus(input: CorpusFitInput): CorpusFit {
  const { corpus, rows, targets, classes, seed, unlabelled, onProgress = () => {} } = input
  if (unlabelled === undefined || unlabelled.length === 0) return fitOnce(input, undefined, onProgress)
  const rounds = ROUNDS.length + 1
  const vectors = input.vectors ?? fitWordVectors(corpus, unlabelled, seed)
  const teacher = vectors && fitTeacher(vectors, { rows, targets, classes, seed })
  const taught = teacher?.(unlabelled)
  const first = fitOnce(input, undefined, (share) => onProgress(share / rounds))
  let fit = first
  for (const [round, { least, share }] of ROUNDS.entries()) {
    const own = predictRows(fit, corpus, unlabelled)
    const sure = sureRows(unlabelled, taught ? mixProbabilities(own, taught, classes) : own, classes, least)
    if (sure.rows.length === 0) return first
    fit = fitOnce(input, { ...sure, share }, (done) => onProgress((round + 1 + done) / rounds))
  }
  return fit
}

/** Rows that a network labelled itself, and the share of the usual epochs to learn from them. */
interface PseudoRows {
  readonly rows: Int32Array
  readonly targets: Int32Array
  readonly share: number
}

/** @param pseudo rows with the network's own labels, which the hidden layer alone is fitted to after the others */
function fitOnce(
  { corpus, rows, targets, classes, settings, seed }: CorpusFitInput,
  pseudo: PseudoRows | undefined,
  onProgress: (share: number) => void,
): CorpusFit {
  const all = pseudo === undefined ? rows : Int32Array.from([...rows, ...pseudo.rows])
  const { minDocuments, epochs } = pseudo === undefined ? settings : chooseFitSettings(all.length, classes)
  const vocabulary = fitVocabulary(corpus, all, { ...settings, minDocuments })
  const labelled = { rows: weighRows(corpus, rows, vocabulary), targets, classes }
  const more = pseudo && {
    rows: weighRows(corpus, all, vocabulary),
    classes,
    epochs: Math.max(1, Math.round(epochs * pseudo.share)),
    targets: Int32Array.from([...targets, ...pseudo.targets]),
  }
  const network = trainNetwork(labelled, { ...settings, seed }, { onProgress, more })
  return { vocabulary, network }
}

/** A fit over the classes that have examples; without calibration, in a third of the time of a training. */
export interface FittedRows extends CorpusFit {
  /** The classes of the network, ascending: those that have an example. */
  readonly known: Int32Array
}

interface FitRowsInput {
  readonly corpus: Corpus
  /** Labelled rows of the corpus, ascending, so that the same rows give the same network. */
  readonly examples: Int32Array
  /** Class of each example. */
  readonly targets: Int32Array
  /** Row of the name of each class; -1 where the name has no words. */
  readonly names: Int32Array
  /** Unlabelled rows, ascending; none by default. */
  readonly unlabelled?: Int32Array
  readonly seed: number
}

/**
 * The fit that `trainClassifier` makes on all of its rows, for callers that fit one corpus many times (learning curves)
 * and need no calibrated probabilities. Where the corpus is in canonical order (`inCanonicalOrder`), predicted labels
 * are those of the classifier, except for its rounding.
 *
 * @throws LearningError `TOO_FEW_LABELS` where the examples have fewer than two
 */
export function fitRows(input: FitRowsInput): FittedRows {
  const { corpus, examples, targets, names, seed } = input
  const known = Int32Array.from(new Set(targets)).sort()
  if (known.length < 2)
    throw new LearningError('TOO_FEW_LABELS', `a classifier needs at least two labels, not ${known.length}`)
  const place = new Map(Array.from(known, (c, at) => [c, at]))
  const taught = [...Array.from(targets), ...known.filter((c) => names[c]! >= 0)]
  const rows = Int32Array.from([...examples, ...known.map((c) => names[c]!).filter((row) => row >= 0)])
  const settings = chooseFitSettings(examples.length, known.length)
  const unlabelled = drawUnlabelled(input.unlabelled ?? new Int32Array(0), examples.length, seed)
  const fit = fitCorpus({
    corpus,
    rows,
    unlabelled,
    settings,
    seed,
    targets: Int32Array.from(taught, (c) => place.get(c)!),
    classes: known.length,
  })
  return { ...fit, known }
}
