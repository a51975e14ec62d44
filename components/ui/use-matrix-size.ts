'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'

export interface MatrixSize {
  width: number
  /** Of the window as it is. */
  height: number
  /** The most it may become. */
  most: number
}

/** The size of the box a matrix is scrolled in, followed as it changes. Its largest height is what its classes say. */
export function useMatrixSize(boxRef: RefObject<HTMLElement | null>): MatrixSize {
  const [size, setSize] = useState<MatrixSize>({ width: 960, height: 600, most: 600 })
  // Layout belongs to the browser; the observer is taken off with the element.
  useLayoutEffect(() => {
    const box = boxRef.current
    if (!box) return
    const measure = () => {
      const most = Math.floor(Number.parseFloat(getComputedStyle(box).maxHeight)) || 600
      const next = { width: box.clientWidth, height: box.clientHeight, most }
      setSize((old) =>
        old.width === next.width && old.height === next.height && old.most === most ? old : next,
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    // A box that is not full does not grow with the window, but it may.
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
    }
  }, [boxRef])
  return size
}
