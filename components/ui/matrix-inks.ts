import { type CellInks, readCellInks } from './cell-painter'

/** Everything a matrix is painted with, read from the page, so that it follows the theme. */
export interface MatrixInks {
  cells: CellInks
  empty: string
  line: string
  ink: string
  ink2: string
  ink3: string
  danger: string
  dangerInk: string
  fontFamily: string
}

/** In: a hidden drawing within the matrix. */
export function readMatrixInks(host: SVGSVGElement): MatrixInks {
  const probe = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  host.append(probe)
  const fill = (className: string) => {
    probe.setAttribute('class', className)
    return getComputedStyle(probe).fill
  }
  const inks: MatrixInks = {
    cells: readCellInks(host),
    empty: fill('fill-sunken'),
    line: fill('fill-line'),
    ink: fill('fill-ink'),
    ink2: fill('fill-ink-2'),
    ink3: fill('fill-ink-3'),
    danger: fill('fill-danger'),
    dangerInk: fill('fill-danger-ink'),
    fontFamily: getComputedStyle(host).fontFamily,
  }
  probe.remove()
  return inks
}
