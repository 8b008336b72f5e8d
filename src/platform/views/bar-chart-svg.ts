import { BarChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, GridComponent, LegendComponent, SVGRenderer])

/** One row of bars: a name, and a value for every category. */
export interface BarSeries {
  readonly name: string
  readonly values: readonly number[]
  /** Series of one stack stand on each other. */
  readonly stack?: string
}

/** A chart of bars, drawn on the server. The same figures stand in a table beside it. */
export interface BarChartParts {
  /** What it shows, for those who do not see it. */
  readonly label: string
  readonly categories: readonly string[]
  readonly series: readonly BarSeries[]
  /** Lying bars read better where names are long. */
  readonly lying?: boolean
}

/** A picture a page shows. */
export interface ChartView {
  readonly src: string
  readonly label: string
  readonly width: number
  readonly height: number
}

/** Colours that differ in lightness too, so that they differ on paper and to every eye. */
const COLOURS = ['#1d4f91', '#8fb6e3', '#d9822b', '#5c6b7a']

const WIDTH = 640
const ROW_HEIGHT = 26
const FRAME_HEIGHT = 90

/**
 * Draws bars as a picture that needs no script and prints well.
 *
 * White ground, so that it reads the same at night and on paper.
 */
export function barChart({ label, categories, series, lying = false }: BarChartParts): ChartView {
  const height = lying ? FRAME_HEIGHT + categories.length * ROW_HEIGHT : 280
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  const names = { type: 'category' as const, data: [...categories], inverse: lying, axisTick: { show: false } }
  const values = { type: 'value' as const, splitLine: { lineStyle: { color: '#dcdfe4' } } }
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      color: COLOURS,
      textStyle: { fontSize: 14, color: '#1b1f24' },
      legend: { show: series.length > 1, bottom: 0, textStyle: { fontSize: 14, color: '#1b1f24' } },
      grid: {
        left: 8,
        right: 24,
        top: 16,
        bottom: series.length > 1 ? 36 : 8,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      xAxis: lying ? values : names,
      yAxis: lying ? names : values,
      series: series.map(({ name, values: data, stack }) => ({
        type: 'bar' as const,
        name,
        data: [...data],
        barMaxWidth: 28,
        ...(stack === undefined ? {} : { stack }),
        itemStyle: { borderColor: '#ffffff', borderWidth: 1 },
      })),
    })
    const svg = chart.renderToSVGString()
    return { src: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`, label, width: WIDTH, height }
  } finally {
    chart.dispose()
  }
}
