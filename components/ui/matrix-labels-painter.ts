import { cellCorner, labelAngle, labelStep, nameStep, visibleCells } from '@/lib/util/matrix-layout'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import type { MatrixFrame, MatrixLine } from './matrix-frame'

type Context = CanvasRenderingContext2D

/** More are never legible in the room there is. */
const mostCharacters = 40

/** The text of a line, cut in the middle until it fits: what tells two builds apart is the end of their names. */
function fitted(context: Context, { cache }: MatrixFrame, line: MatrixLine, room: number): string {
  const key = `${Math.floor(room)} ${context.font} ${line.label}`
  const known = cache.names.get(key)
  if (known !== undefined) return known
  let text = plainUntrusted(line.label, mostCharacters)
  for (let most = mostCharacters; most > 4; ) {
    const width = context.measureText(text).width
    if (width <= room) break
    most = Math.min(most - 1, Math.floor((Math.min(most, text.length) * room) / width))
    text = plainUntrusted(line.label, most)
  }
  cache.names.set(key, text)
  return text
}

function font({ inks }: MatrixFrame, size: number, isStrong: boolean) {
  return `${isStrong ? 620 : 480} ${size}px ${inks.fontFamily}`
}

const inkOf = ({ inks }: MatrixFrame, line: MatrixLine, isActive: boolean) => {
  if (line.isMarked) return inks.dangerInk
  return isActive ? inks.ink : inks.ink2
}

/** The ring of a finding, in little, before a name that is red. */
function paintMark(context: Context, frame: MatrixFrame, x: number, y: number) {
  context.strokeStyle = frame.inks.danger
  context.lineWidth = 1.75
  context.beginPath()
  context.arc(x, y, 2.75, 0, 2 * Math.PI)
  context.stroke()
}

/** Which lines have their names painted: every so many, in the middle of their room, and the one in hand instead of its neighbours. */
function named(first: number, last: number, step: number, active = -1): number[] {
  const isHeld = active >= first && active <= last
  const indexes = isHeld ? [active] : []
  for (let index = first - (first % step) + Math.floor(step / 2); index <= last; index += step) {
    if (!isHeld || Math.abs(index - active) >= step) indexes.push(index)
  }
  return indexes
}

/** Row names, with how many cells of each are filled. */
export function paintNames(context: Context, frame: MatrixFrame) {
  const { layout, scroll, rows, active, inks } = frame
  const { first, last } = visibleCells(layout, scroll).rows
  const step = nameStep(layout)
  const size = layout.zoom === 'large' ? 13 : 12
  context.save()
  context.beginPath()
  context.rect(0, layout.header, layout.gutter - 2, layout.height - layout.header)
  context.clip()
  context.textBaseline = 'middle'

  const paint = (index: number) => {
    const line = rows[index]
    if (!line) return
    const isActive = index === active?.row
    const middle = layout.header + (index + 0.5) * layout.pitchY - scroll.top
    let room = layout.gutter - 14
    context.textAlign = 'right'
    if (layout.isRoomy) {
      context.font = font(frame, 11, false)
      context.fillStyle = inks.ink3
      context.fillText(String(line.count), layout.gutter - 10, middle + 0.5)
      room -= 30
    }
    context.textAlign = 'left'
    const start = line.isMarked ? 11 : 0
    if (line.isMarked) paintMark(context, frame, 4, middle)
    context.font = font(frame, size, isActive)
    context.fillStyle = inkOf(frame, line, isActive)
    context.fillText(fitted(context, frame, line, room - start), start, middle + 0.5)
    if (step === 1) return
    context.fillStyle = inks.line
    context.fillRect(layout.gutter - 10, middle - 0.5, 7, 1)
  }

  for (const index of named(first, last, step, active?.row)) paint(index)
  context.restore()
}

/** Slanted labels over the columns. */
export function paintLabels(context: Context, frame: MatrixFrame) {
  const { layout, scroll, columns, active, inks } = frame
  const { first, last } = visibleCells(layout, scroll).columns
  const step = labelStep(layout)
  const size = layout.zoom === 'large' ? 13 : 12
  const base = layout.isRoomy ? layout.header - 22 : layout.header - 8
  context.save()
  context.beginPath()
  context.rect(layout.gutter - 12, 0, layout.width, layout.header - 1)
  context.clip()
  context.textAlign = 'left'
  context.textBaseline = 'middle'

  const paint = (index: number) => {
    const line = columns[index]
    if (!line) return
    const isActive = index === active?.column
    const middle =
      cellCorner(layout, scroll, { row: 0, column: index }).x +
      (layout.isRoomy ? layout.cellWidth : layout.pitchX) / 2
    // A label whose column is behind the names would be a label without a column.
    if (middle < layout.gutter - 1) return
    if (layout.isRoomy) {
      context.font = font(frame, 10, false)
      context.fillStyle = inks.ink3
      context.textAlign = 'center'
      context.fillText(String(line.count), middle, layout.header - 8)
      context.textAlign = 'left'
    } else if (step > 1) {
      context.fillStyle = inks.line
      context.fillRect(middle - 0.5, base + 1, 1, 6)
    }
    context.save()
    context.translate(middle, base)
    context.rotate((labelAngle * Math.PI) / 180)
    const start = line.isMarked ? 11 : 2
    context.font = font(frame, size, isActive)
    const text = fitted(context, frame, line, 100 - start)
    if (line.isMarked) paintMark(context, frame, 4, 0)
    context.fillStyle = inkOf(frame, line, isActive)
    context.fillText(text, start, 0)
    context.restore()
  }

  for (const index of named(first, last, step, active?.column)) paint(index)
  context.restore()
}
