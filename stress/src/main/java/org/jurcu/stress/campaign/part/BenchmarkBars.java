package org.jurcu.stress.campaign.part;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.geom.Rectangle2D;
import java.io.Serial;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;
import org.jurcu.stress.campaign.bench.BenchTable;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** One class of benchmarks as bars, in SVG that follows the page's colours. */
final class BenchmarkBars {
    // Stand-ins that the SVG is drawn with; the page's own colours, light or dark, take their places afterwards.
    private static final Color INK = new Color(1, 2, 3);
    private static final Color FAINT = new Color(4, 5, 6);
    private static final Color OURS = new Color(7, 8, 9);
    private static final Color FLOOR = new Color(10, 11, 12);
    private static final Color PEER = new Color(13, 14, 15);

    private static final double LINEAR_SPAN = 200;
    private static final double ROOM_FOR_LABEL = 1.14;
    private static final int WIDTH = 860;
    private static final int ROW = 26;
    private static final int MARGIN = 56;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private BenchmarkBars() {}

    /** Draws the medians of {@code results}, which share a class and a unit; {@code id} is unique on the page. */
    static String svg(List<BenchmarkResult> results, String id) {
        DefaultCategoryDataset medians = new DefaultCategoryDataset();
        results.forEach(r -> medians.addValue(r.median(), "median", r.label()));
        JFreeChart chart = new JFreeChart(null, null, plot(medians, results), false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(2, 2, 2, 36));
        int height = MARGIN + ROW * results.size();
        SVGGraphics2D canvas = new SVGGraphics2D(WIDTH, height);
        canvas.setDefsKeyPrefix(id);
        chart.draw(canvas, new Rectangle2D.Double(0, 0, WIDTH, height));
        return pageColours(canvas.getSVGElement(id, false, new ViewBox(0, 0, WIDTH, height), null, null));
    }

    private static CategoryPlot plot(CategoryDataset medians, List<BenchmarkResult> results) {
        CategoryAxis names = new CategoryAxis();
        names.setTickLabelFont(FONT);
        names.setTickLabelPaint(INK);
        names.setAxisLinePaint(FAINT);
        names.setTickMarksVisible(false);
        names.setLowerMargin(0.01);
        names.setUpperMargin(0.01);
        names.setCategoryMargin(0.25);
        names.setMaximumCategoryLabelWidthRatio(0.5f);
        names.setCategoryLabelPositions(CategoryLabelPositions.STANDARD);
        ValueAxis values = values(results);
        values.setLabelFont(FONT);
        values.setLabelPaint(INK);
        values.setTickLabelFont(FONT);
        values.setTickLabelPaint(INK);
        values.setAxisLineVisible(false);
        values.setTickMarksVisible(false);
        KindRenderer renderer = new KindRenderer(results);
        renderer.setBase(values.getLowerBound());
        CategoryPlot plot = new CategoryPlot(medians, names, values, renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(FAINT);
        plot.setRangeGridlineStroke(new BasicStroke(0.5f));
        return plot;
    }

    /** A bar a thousand times as long as another hides it, so such a class gets a logarithmic scale, and says so. */
    private static ValueAxis values(List<BenchmarkResult> results) {
        double most = medians(results).max().orElse(1);
        double least = medians(results).filter(m -> m > 0).min().orElse(1);
        String unit = results.get(0).unit() + (results.get(0).mode().equals("thrpt") ? ", more is better" : "");
        if (most / least <= LINEAR_SPAN) {
            NumberAxis linear = new NumberAxis(unit);
            linear.setRange(0, most > 0 ? most * ROOM_FOR_LABEL : 1);
            return linear;
        }
        LogAxis logarithmic = new LogAxis(unit + ", logarithmic");
        double lowest = Math.pow(10, Math.floor(Math.log10(least)));
        double decades = Math.log10(most / lowest);
        logarithmic.setRange(lowest, lowest * Math.pow(10, decades * ROOM_FOR_LABEL));
        logarithmic.setNumberFormatOverride(NumberFormat.getInstance(Locale.ROOT));
        return logarithmic;
    }

    private static DoubleStream medians(List<BenchmarkResult> results) {
        return results.stream().mapToDouble(BenchmarkResult::median);
    }

    private static String pageColours(String svg) {
        // A namespace of JFreeSVG's own is of no use inside a page.
        return svg.replaceFirst(" xmlns:jfreesvg='[^']*'", "")
                .replace(rgb(INK), "var(--ink)")
                .replace(rgb(FAINT), "var(--faint)")
                .replace(rgb(OURS), "var(--ours)")
                .replace(rgb(FLOOR), "var(--floor)")
                .replace(rgb(PEER), "var(--peer)");
    }

    private static String rgb(Color colour) {
        return "rgb(" + colour.getRed() + "," + colour.getGreen() + "," + colour.getBlue() + ")";
    }

    /** A flat bar in the colour of what it is: a floor, a peer, or ours. */
    private static final class KindRenderer extends BarRenderer {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient List<BenchmarkResult> results;

        KindRenderer(List<BenchmarkResult> results) {
            this.results = results;
            setBarPainter(new StandardBarPainter());
            setShadowVisible(false);
            setDrawBarOutline(false);
            setMaximumBarWidth(0.6);
            setDefaultItemLabelsVisible(true);
            setDefaultItemLabelFont(FONT);
            setDefaultItemLabelPaint(INK);
            setDefaultPositiveItemLabelPosition(
                    new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
            setDefaultItemLabelGenerator(new FigureLabels());
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            BenchmarkResult result = results.get(column);
            return result.countsAsFloor() ? FLOOR : result.name().startsWith("peer") ? PEER : OURS;
        }
    }

    /** Writes the figure at the end of its bar. */
    private static final class FigureLabels extends StandardCategoryItemLabelGenerator {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String generateLabel(CategoryDataset dataset, int row, int column) {
            return String.format(
                    Locale.ROOT,
                    "%s",
                    BenchTable.figure(dataset.getValue(row, column).doubleValue()));
        }
    }
}
