package org.jurcu.stress.campaign.part;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.io.Serial;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.renderer.category.IntervalBarRenderer;
import org.jfree.chart.renderer.category.LineAndShapeRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.category.DefaultIntervalCategoryDataset;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.Percentiles;

/** A row for each operation: a dot for each percentile, on a bar from the first to the last. */
final class PercentileDots {
    private static final int ROW = 40;
    private static final String MAX = "max";
    /** No clock that is at hand tells less apart, and a logarithmic scale has no zero. */
    private static final double LEAST = 1;

    private PercentileDots() {}

    /** Draws the percentiles of {@code results}, which all have some. */
    static String svg(List<BenchmarkResult> results, String id) {
        DefaultCategoryDataset dots = new DefaultCategoryDataset();
        Number[][] from = new Number[1][results.size()];
        Number[][] to = new Number[1][results.size()];
        String[] names = new String[results.size()];
        double[] ends = new double[2 * results.size()];
        for (int i = 0; i < names.length; i++) {
            BenchmarkResult result = results.get(i);
            Percentiles p = result.percentiles();
            names[i] = result.label();
            add(dots, p.p50(), "p50", names[i]);
            add(dots, p.p90(), "p90", names[i]);
            add(dots, p.p99(), "p99", names[i]);
            add(dots, p.p999(), "p99.9", names[i]);
            add(dots, p.max(), MAX, names[i]);
            from[0][i] = ends[2 * i] = Math.max(LEAST, p.p50() == null ? p.max() : p.p50());
            to[0][i] = ends[2 * i + 1] = Math.max(LEAST, p.max());
        }
        ValueAxis values = Chart.values(ends, "latency", new TimeFormat());
        CategoryPlot plot = Chart.rows(new CategoryPlot(dots, Chart.names(), values, new Dots(dots)));
        plot.getDomainAxis().setMaximumCategoryLabelWidthRatio(0.5f);
        plot.setDataset(1, new DefaultIntervalCategoryDataset(new String[] {"range"}, names, from, to));
        plot.setRenderer(1, ranges());
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.REVERSE); // the dots on top
        return Chart.svg(plot, ROW * names.length, id);
    }

    private static void add(DefaultCategoryDataset dots, Double percentile, String series, String name) {
        dots.addValue(percentile == null ? null : (Double) Math.max(LEAST, percentile), series, name);
    }

    private static IntervalBarRenderer ranges() {
        IntervalBarRenderer ranges = new IntervalBarRenderer();
        ranges.setBarPainter(new StandardBarPainter());
        ranges.setShadowVisible(false);
        ranges.setSeriesPaint(0, Chart.FAINT);
        ranges.setMaximumBarWidth(0.012);
        return ranges;
    }

    /** The first percentile is the largest dot, and has its figure above it; the maximum has its own behind it. */
    private static final class Dots extends LineAndShapeRenderer {
        @Serial
        private static final long serialVersionUID = 1L;

        Dots(DefaultCategoryDataset dots) {
            super(false, true);
            setDrawOutlines(false);
            setDefaultItemLabelFont(Chart.FONT);
            setDefaultItemLabelPaint(Chart.INK);
            setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator("{2}", new TimeFormat()));
            for (int series = 0; series < dots.getRowCount(); series++) {
                boolean max = dots.getRowKey(series).equals(MAX);
                double radius = max ? 3.5 : 5.5 - series;
                Color colour = max ? Chart.PEER : Chart.OURS;
                setSeriesShape(series, new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
                setSeriesPaint(series, colour);
                setSeriesItemLabelsVisible(series, max || series == 0);
                setSeriesPositiveItemLabelPosition(
                        series,
                        max
                                ? new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT)
                                : new ItemLabelPosition(ItemLabelAnchor.OUTSIDE12, TextAnchor.BOTTOM_LEFT));
            }
        }
    }
}
