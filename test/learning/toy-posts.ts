import { createRandom } from '../../src/learning/random.ts'

const subjects: Record<string, string[]> = {
  facture: ['facture', 'montant', 'prélèvement', 'payer', 'remboursement', 'échéance'],
  réseau: ['réseau', '4G', 'coupure', 'antenne', 'débit', 'signal'],
  roaming: ['roaming', 'abroad', 'travel', 'Spain', 'border', 'data pass'],
  sim: ['SIM', 'card', 'PUK', 'eSIM', 'activate', 'blocked'],
}
const filler = [
  'bonjour',
  'please help',
  'je ne comprends pas',
  'my phone',
  'depuis hier',
  '?',
  'merci',
  'why',
]

/** Short posts in French and English about four subjects, the same for the same seed. */
export function toyPosts(count: number, seed = 1): { texts: string[]; labels: string[] } {
  const random = createRandom(seed)
  const pick = <T>(items: readonly T[]): T => items[random.below(items.length)]!
  const names = Object.keys(subjects)
  const labels = Array.from({ length: count }, (_, i) => names[i % names.length]!)
  const texts = labels.map((label) => {
    const words = subjects[label]!
    return [pick(filler), pick(words), pick(filler), pick(words), pick(filler)].join(' ')
  })
  return { texts, labels }
}
