'use client'

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { freshCache, type MatrixCache, type MatrixFrame } from './matrix-frame'
import { type MatrixInks, readMatrixInks } from './matrix-inks'
import { paintMatrix } from './matrix-painter'
import { useThemeVersion } from './use-theme-version'

type Shown = Pick<MatrixFrame, 'rows' | 'columns' | 'cells' | 'layout' | 'active'>

interface Kept {
  inks: MatrixInks
  cache: MatrixCache
  key: string
  cells: MatrixFrame['cells']
}

interface MatrixParts {
  boxRef: RefObject<HTMLElement | null>
  canvasRef: RefObject<HTMLCanvasElement | null>
  probeRef: RefObject<SVGSVGElement | null>
}

/**
 * Keeps a canvas in step with a matrix: painted with every change, and with every scrolled frame without asking React.
 * `onScrolled` is told when that happened.
 */
export function useMatrixCanvas(
  { boxRef, canvasRef, probeRef }: MatrixParts,
  shown: Shown,
  onScrolled: () => void,
) {
  const theme = useThemeVersion()
  const latest = useRef({ shown, theme, onScrolled })
  const kept = useRef<Kept | null>(null)

  const paint = useCallback(() => {
    const box = boxRef.current
    const canvas = canvasRef.current
    const context = canvas?.getContext('2d')
    if (!box || !canvas || !context || !probeRef.current) return
    const { layout, cells } = latest.current.shown
    const scale = window.devicePixelRatio || 1
    const size = { width: layout.width, height: Math.min(layout.height, layout.contentHeight) }
    const device = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) }
    if (canvas.width !== device.width || canvas.height !== device.height) {
      canvas.width = device.width
      canvas.height = device.height
      // Not as a style prop, which would be in the server's HTML.
      canvas.style.width = `${size.width}px`
      canvas.style.height = `${size.height}px`
    }
    const key = [latest.current.theme, scale, layout.pitchX, layout.pitchY].join()
    if (kept.current?.key !== key) {
      kept.current = { inks: readMatrixInks(probeRef.current), cache: freshCache(), key, cells }
    } else if (kept.current.cells !== cells) {
      kept.current.cells = cells
      kept.current.cache.sums = null
    }
    const { inks, cache } = kept.current
    const scroll = { left: box.scrollLeft, top: box.scrollTop }
    paintMatrix(context, { ...latest.current.shown, scroll, inks, scale, cache })
  }, [boxRef, canvasRef, probeRef])

  // The canvas is outside of React: it is brought in step with what is shown, before the browser paints.
  useLayoutEffect(() => {
    latest.current = { shown, theme, onScrolled }
    paint()
  })

  useEffect(() => {
    const box = boxRef.current
    if (!box) return
    let frame = 0
    const handleScroll = () => {
      if (frame) return
      frame = requestAnimationFrame(() => {
        frame = 0
        paint()
        latest.current.onScrolled()
      })
    }
    box.addEventListener('scroll', handleScroll, { passive: true })
    // Names are measured again with the face they are drawn in.
    let isGone = false
    document.fonts.ready.then(() => {
      if (isGone || !kept.current) return
      kept.current.cache.names.clear()
      paint()
    })
    return () => {
      isGone = true
      cancelAnimationFrame(frame)
      box.removeEventListener('scroll', handleScroll)
    }
  }, [boxRef, paint])
}
