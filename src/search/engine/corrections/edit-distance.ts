/**
 * Letters inserted, left out, replaced or exchanged with their neighbour that make one word of another (optimal string
 * alignment; Damerau 1964), if they are `most` or fewer; else more than `most`.
 */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let from = 0
  let end = one.length
  let otherEnd = other.length
  while (from < end && from < otherEnd && one.charCodeAt(from) === other.charCodeAt(from)) from++
  while (end > from && otherEnd > from && one.charCodeAt(end - 1) === other.charCodeAt(otherEnd - 1)) {
    end--
    otherEnd--
  }
  // What is left of both begins and ends differently.
  const [left, otherLeft] = [end - from, otherEnd - from]
  if (left <= 1 && otherLeft <= 1) return Math.max(left, otherLeft)
  if (most === 1) {
    const exchanged =
      left === 2 &&
      otherLeft === 2 &&
      one.charCodeAt(from) === other.charCodeAt(from + 1) &&
      one.charCodeAt(from + 1) === other.charCodeAt(from)
    return exchanged ? 1 : 2
  }
  return aligned(one.slice(from, end), other.slice(from, otherEnd))
}

function aligned(one: string, other: string): number {
  let twoBefore: number[] = []
  let before = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one.charCodeAt(i - 1) === other.charCodeAt(j - 1)
      let cost = Math.min(before[j]! + 1, row[j - 1]! + 1, before[j - 1]! + (same ? 0 : 1))
      const exchanged =
        i > 1 &&
        j > 1 &&
        one.charCodeAt(i - 1) === other.charCodeAt(j - 2) &&
        one.charCodeAt(i - 2) === other.charCodeAt(j - 1)
      if (exchanged) cost = Math.min(cost, twoBefore[j - 2]! + 1)
      row.push(cost)
    }
    twoBefore = before
    before = row
  }
  return before[other.length]!
}
