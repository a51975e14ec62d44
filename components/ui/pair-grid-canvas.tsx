'use client'

import { useEffect, useRef } from 'react'
import { cellOrigin, type GridLayout } from '@/lib/util/grid-layout'
import { cellState, hasFinding } from '@/lib/util/pair-cells'
import { type CellInks, paintCell, readCellInks } from './cell-painter'
import { useThemeVersion } from './use-theme-version'

type PairGridCanvasProps = { cells: readonly string[]; layout: GridLayout }

type Painter = { inks: CellInks; sprites: Map<string, HTMLCanvasElement>; painted: string[]; key: string }

function spriteFor(painter: Painter, code: string, layout: GridLayout, scale: number): HTMLCanvasElement {
  const known = painter.sprites.get(code)
  if (known) return known
  const sprite = document.createElement('canvas')
  sprite.width = layout.cellWidth * scale
  sprite.height = layout.cellHeight * scale
  const context = sprite.getContext('2d')
  const state = cellState(code)
  if (context) {
    context.scale(scale, scale)
    paintCell(context, state, painter.inks[state], { width: layout.cellWidth, height: layout.cellHeight })
  }
  painter.sprites.set(code, sprite)
  return sprite
}

/** The cells of a large grid. Each state is painted once and stamped; only rows that changed are stamped again. */
export function PairGridCanvas({ cells, layout }: PairGridCanvasProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const probeRef = useRef<SVGSVGElement>(null)
  const painterRef = useRef<Painter | null>(null)
  const theme = useThemeVersion()

  // The canvas is outside of React: it is brought in step with the cells, the sizes and the theme.
  useEffect(() => {
    const canvas = canvasRef.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context || !probeRef.current) return
    const scale = window.devicePixelRatio || 1
    const key = [
      theme,
      scale,
      layout.pitchX,
      layout.pitchY,
      layout.header,
      layout.width,
      layout.height,
    ].join()
    if (painterRef.current?.key !== key) {
      canvas.width = layout.width * scale
      canvas.height = layout.height * scale
      // Not as a style prop, which would be in the server's HTML.
      canvas.style.width = `${layout.width}px`
      canvas.style.height = `${layout.height}px`
      painterRef.current = { inks: readCellInks(probeRef.current), sprites: new Map(), painted: [], key }
    }
    const painter = painterRef.current
    cells.forEach((codes, row) => {
      if (painter.painted[row] === codes) return
      painter.painted[row] = codes
      const { y } = cellOrigin(layout, row, 0)
      context.setTransform(scale, 0, 0, scale, 0, 0)
      context.clearRect(0, layout.header + row * layout.pitchY, layout.width, layout.pitchY)
      for (let column = 0; column < codes.length; column += 1) {
        const code = codes[column] ?? '.'
        const x = column * layout.pitchX
        context.drawImage(
          spriteFor(painter, code.toLowerCase(), layout, scale),
          x,
          y,
          layout.cellWidth,
          layout.cellHeight,
        )
        if (!hasFinding(code)) continue
        context.strokeStyle = painter.inks.finding
        context.lineWidth = 1.5
        context.strokeRect(x - 0.5, y - 0.5, layout.cellWidth + 1, layout.cellHeight + 1)
      }
    })
  }, [cells, layout, theme])

  return (
    <>
      <svg ref={probeRef} className="hidden" aria-hidden="true" />
      <canvas ref={canvasRef} width={layout.width} height={layout.height} className="block" />
    </>
  )
}
