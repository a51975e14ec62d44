'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'
import { type MatrixLayout, type MatrixScroll, scrollKeeping } from '@/lib/util/matrix-layout'

interface Held {
  layout: MatrixLayout
  scroll: MatrixScroll
  point: { x: number; y: number }
}

/**
 * Keeps a place where it is while the zoom changes. Out: what is to be called, with a point of the window, before
 * the zoom is changed.
 */
export function useMatrixZoom(boxRef: RefObject<HTMLElement | null>, layout: MatrixLayout) {
  const held = useRef<Held | null>(null)

  // After the drawing has its new size: before, the browser would not scroll that far.
  useLayoutEffect(() => {
    const box = boxRef.current
    if (!box || !held.current || held.current.layout.zoom === layout.zoom) return
    const { layout: before, scroll, point } = held.current
    held.current = null
    const { left, top } = scrollKeeping(before, layout, scroll, point)
    box.scrollLeft = left
    box.scrollTop = top
  }, [boxRef, layout])

  return (point: { x: number; y: number }) => {
    const box = boxRef.current
    if (box) held.current = { layout, scroll: { left: box.scrollLeft, top: box.scrollTop }, point }
  }
}
