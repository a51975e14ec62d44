'use client'

import clsx from 'clsx'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { filledNear, type MatrixCells } from '@/lib/util/matrix-cells'
import {
  cellCorner,
  layoutMatrix,
  type MatrixPlace,
  type MatrixZoom,
  moveInMatrix,
  nextZoom,
  placeAt,
  scrollTo,
  zoomsFor,
} from '@/lib/util/matrix-layout'
import { MatrixCell } from './matrix-cell'
import type { MatrixLine } from './matrix-frame'
import { MatrixZoomButtons, type MatrixZoomWords } from './matrix-zoom'
import { useMatrixCanvas } from './use-matrix-canvas'
import { useMatrixSize } from './use-matrix-size'
import { useMatrixZoom } from './use-matrix-zoom'

type MatrixProps = {
  /** Accessible name. */
  label: string
  /** At least one of each. */
  rows: readonly MatrixLine[]
  columns: readonly MatrixLine[]
  cells: MatrixCells
  zoom: MatrixZoom
  onZoom: (zoom: MatrixZoom) => void
  /** A cell, a row (column -1) or a column (row -1) in words. Read out, and shown above the picture. */
  describe: (place: MatrixPlace) => string
  /** Shown there while nothing is in hand. */
  hint: string
  /** Stands in the corner: how much of what is shown. */
  corner: string
  onOpen: (place: MatrixPlace) => void
  zoomWords: MatrixZoomWords
  /** Stands above, beside the zoom: order, legend. */
  children?: ReactNode
}

/**
 * A picture of very many pairs, of which only what the window shows is painted. For assistive technology it is a grid of
 * which the cell in hand alone is built. The table twin is the caller's.
 */
export function Matrix({ label, rows, columns, cells, zoom, onZoom, ...rest }: MatrixProps) {
  const { describe, hint, corner, onOpen, zoomWords, children } = rest
  const boxRef = useRef<HTMLDivElement>(null)
  const spacerRef = useRef<HTMLDivElement>(null)
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const probeRef = useRef<SVGSVGElement>(null)
  const pointer = useRef<{ x: number; y: number } | null>(null)
  const cellId = useId()
  const [cursor, setCursor] = useState<{ row?: string; column?: string } | null>(null)
  const [isFocused, setFocused] = useState(false)
  const [hovered, setHovered] = useState<MatrixPlace | null>(null)

  const { width, height, most } = useMatrixSize(boxRef)
  const size = useMemo(
    () => ({ rows: rows.length, columns: columns.length, width, height: most }),
    [rows.length, columns.length, width, most],
  )
  const zooms = useMemo(() => zoomsFor(size), [size])
  const layout = useMemo(
    () => layoutMatrix(zoom, zoom === 'whole' ? size : { ...size, height }),
    [zoom, size, height],
  )

  // Followed by its id: rows come in and change places while an audit is read.
  const at = useMemo(() => placeOf(cursor, rows, columns), [cursor, rows, columns])
  const over = hovered && hovered.row < rows.length && hovered.column < columns.length ? hovered : null
  const active = over ?? (isFocused ? at : null)

  const scrolled = () => ({ left: boxRef.current?.scrollLeft ?? 0, top: boxRef.current?.scrollTop ?? 0 })

  const under = (point: { x: number; y: number }): MatrixPlace | null => {
    const place = placeAt(layout, scrolled(), point.x, point.y)
    if (!place || !layout.isSummed || place.row < 0 || place.column < 0) return place
    // A spot stands for several cells; the one that gives it its colour is more to the point than an empty one.
    const reach = (pitch: number) => Math.ceil(2 / pitch)
    return filledNear(cells, place, { rows: reach(layout.pitchY), columns: reach(layout.pitchX) })
  }

  const hover = (point: { x: number; y: number } | null) => {
    pointer.current = point
    const place = point && under(point)
    setHovered((old) => (old && place && old.row === place.row && old.column === place.column ? old : place))
  }

  // The size of the drawing gives the scrollbars theirs. Not as a style prop, which would be in the server's HTML.
  useLayoutEffect(() => {
    if (!spacerRef.current) return
    spacerRef.current.style.width = `${Math.max(layout.width, layout.contentWidth)}px`
    spacerRef.current.style.height = `${layout.contentHeight}px`
  }, [layout])
  const holdPlace = useMatrixZoom(boxRef, layout)
  useMatrixCanvas({ boxRef, canvasRef, probeRef }, { rows, columns, cells, layout, active }, () => {
    if (pointer.current) hover(pointer.current)
  })

  const zoomTo = (next: MatrixZoom, point = pointer.current) => {
    const corner = cellCorner(layout, scrolled(), at)
    const isAtSeen = isFocused && placeAt(layout, scrolled(), corner.x, corner.y) !== null
    const middle = { x: (layout.gutter + layout.width) / 2, y: (layout.header + layout.height) / 2 }
    holdPlace(point ?? (isAtSeen ? corner : middle))
    onZoom(next)
  }

  const moveTo = (place: MatrixPlace) => {
    setCursor({ row: rows[place.row]?.id, column: columns[place.column]?.id })
    hover(null)
    boxRef.current?.scrollTo(scrollTo(layout, scrolled(), place))
  }

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return
    const isMod = event.ctrlKey || event.metaKey
    const page = Math.max(1, Math.floor((layout.height - layout.header) / layout.pitchY) - 1)
    const moved = moveInMatrix(event.key, at, { ...size, page }, isMod)
    const isNearer = event.key === '+' || event.key === '='
    const zoomed = isNearer || event.key === '-' ? nextZoom(zooms, zoom, isNearer ? 1 : -1) : null
    if (moved) moveTo(moved)
    else if ((event.key === 'Enter' || event.key === ' ') && !isMod) onOpen(at)
    else if (zoomed && !isMod) zoomTo(zoomed)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const handleClick = (event: MouseEvent) => {
    const point = pointIn(event)
    const place = under(point)
    if (!place) return
    setCursor({ row: rows[place.row]?.id, column: columns[place.column]?.id })
    if (!layout.isSummed || place.row < 0 || place.column < 0) {
      onOpen(place)
      return
    }
    const { x, y } = cellCorner(layout, scrolled(), place)
    zoomTo('normal', { x: x + layout.pitchX / 2, y: y + layout.pitchY / 2 })
  }

  const origin = cellCorner(layout, { left: 0, top: 0 }, at)

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {children}
        <span className="ml-auto">
          <MatrixZoomButtons zooms={zooms} zoom={zoom} onZoom={(next) => zoomTo(next)} words={zoomWords} />
        </span>
      </div>
      {/* One height whatever it says, so that the picture never moves under the pointer. */}
      <p aria-hidden="true" className="text-ink-2 text-sm max-md:line-clamp-2 max-md:h-9 md:h-5 md:truncate">
        {active === null ? hint : describe(active)}
      </p>
      <div className="relative">
        {/* biome-ignore lint/a11y/useSemanticElements: a table of all pairs would be millions of elements. */}
        <div
          ref={boxRef}
          role="grid"
          aria-label={label}
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length + 1}
          aria-activedescendant={cellId}
          tabIndex={0}
          onKeyDown={handleKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onPointerMove={(event) => event.pointerType !== 'touch' && hover(pointIn(event))}
          onPointerLeave={() => hover(null)}
          onClick={handleClick}
          className={clsx(
            'relative max-h-[60dvh] overflow-auto overscroll-x-contain',
            over ? 'cursor-pointer' : 'cursor-default',
          )}
        >
          <div ref={spacerRef}>
            <svg ref={probeRef} className="hidden" aria-hidden="true" />
            <canvas ref={canvasRef} className="sticky top-0 left-0 block" />
            <MatrixCell id={cellId} place={at} at={isFocused ? origin : null} text={describe(at)} />
          </div>
        </div>
        <p
          className={clsx(
            'pointer-events-none absolute top-0 left-0 flex items-end text-ink-2 text-sm',
            width < 640 ? 'w-28' : 'w-56',
            layout.isRoomy ? 'h-[118px]' : 'h-[102px]',
          )}
        >
          {corner}
        </p>
      </div>
    </div>
  )
}

function placeOf(
  cursor: { row?: string; column?: string } | null,
  rows: readonly MatrixLine[],
  columns: readonly MatrixLine[],
): MatrixPlace {
  if (!cursor) return { row: 0, column: 0 }
  const find = (lines: readonly MatrixLine[], id: string | undefined) =>
    id === undefined
      ? -1
      : Math.max(
          0,
          lines.findIndex((line) => line.id === id),
        )
  return { row: find(rows, cursor.row), column: find(columns, cursor.column) }
}

function pointIn(event: MouseEvent): { x: number; y: number } {
  const box = event.currentTarget.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}
