package org.jurcu.stress.campaign.part;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.DoubleStream;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.CategoryDataset;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;
import org.jurcu.stress.campaign.bench.BenchTable;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** What all charts have in common: their size, their axes, and SVG that follows the page's colours. */
final class Chart {
    // Stand-ins that the SVG is drawn with; the page's own colours, light or dark, take their places afterwards.
    static final Color INK = new Color(1, 2, 3);
    static final Color FAINT = new Color(4, 5, 6);
    static final Color OURS = new Color(7, 8, 9);
    static final Color FLOOR = new Color(10, 11, 12);
    static final Color PEER = new Color(13, 14, 15);
    static final Color TOY = new Color(16, 17, 18);

    static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private static final int WIDTH = 860;
    private static final int RIGHT = 36;
    private static final int MARGIN = 56;
    private static final double LINEAR_SPAN = 200;
    private static final double LEAST_ROOM_FOR_LABEL = 1.14;
    private static final double LETTER = 7;
    /** A plot with long names beside it is not wider. */
    private static final double NARROW_PLOT = 400;

    private Chart() {}

    /** Draws a plot {@code height} high, its axis aside; {@code id} is unique on the page. */
    static String svg(Plot plot, int height, String id) {
        return svg(plot, height, id, RIGHT, (canvas, area) -> {});
    }

    /** The same with {@code right} pixels of room beside it, and {@code more} that is drawn when the plot has its place. */
    static String svg(Plot plot, int height, String id, int right, BiConsumer<Graphics2D, Rectangle2D> more) {
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(2, 2, 2, right));
        SVGGraphics2D canvas = new SVGGraphics2D(WIDTH, MARGIN + height);
        canvas.setDefsKeyPrefix(id);
        ChartRenderingInfo drawn = new ChartRenderingInfo();
        chart.draw(canvas, new Rectangle2D.Double(0, 0, WIDTH, MARGIN + height), drawn);
        more.accept(canvas, drawn.getPlotInfo().getDataArea());
        return pageColours(canvas.getSVGElement(id, false, new ViewBox(0, 0, WIDTH, MARGIN + height), null, null));
    }

    /** Returns a plot of bars from left to right, each beside its name, from {@code values}' least. */
    static CategoryPlot bars(CategoryDataset figures, ValueAxis values, FigureBars renderer) {
        CategoryAxis names = names();
        names.setCategoryMargin(0.25);
        names.setMaximumCategoryLabelWidthRatio(0.5f);
        renderer.setBase(values.getLowerBound());
        return rows(new CategoryPlot(figures, names, values, renderer));
    }

    /** Returns an axis of names. */
    static CategoryAxis names() {
        CategoryAxis names = new CategoryAxis();
        names.setTickLabelFont(FONT);
        names.setTickLabelPaint(INK);
        names.setAxisLinePaint(FAINT);
        names.setTickMarksVisible(false);
        names.setLowerMargin(0.01);
        names.setUpperMargin(0.01);
        names.setCategoryLabelPositions(CategoryLabelPositions.STANDARD);
        return names;
    }

    /** Lays a plot down, so that each name begins a row. */
    static CategoryPlot rows(CategoryPlot plot) {
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        return inPageStyle(plot);
    }

    /** Leaves of a plot what is needed to read it. */
    static CategoryPlot inPageStyle(CategoryPlot plot) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(FAINT);
        plot.setRangeGridlineStroke(new BasicStroke(0.5f));
        return plot;
    }

    /** A bar a thousand times as long as another hides it, so such figures get a logarithmic scale, which says so. */
    static ValueAxis values(double[] figures, String unit) {
        return values(figures, unit, NumberFormat.getInstance(Locale.ROOT));
    }

    /** The same with figures that are written like this. */
    static ValueAxis values(double[] figures, String unit, NumberFormat format) {
        double most = DoubleStream.of(figures).max().orElse(1);
        double least = DoubleStream.of(figures).filter(m -> m > 0).min().orElse(1);
        if (most / least <= LINEAR_SPAN) {
            NumberAxis linear = new NumberAxis(unit);
            linear.setNumberFormatOverride(format);
            linear.setRange(0, most > 0 ? most * roomForLabel(most) : 1);
            return inPageStyle(linear);
        }
        LogAxis logarithmic = new LogAxis(unit + ", logarithmic");
        double lowest = Math.pow(10, Math.floor(Math.log10(least)));
        double decades = Math.log10(most / lowest);
        logarithmic.setRange(lowest, lowest * Math.pow(10, decades * roomForLabel(most)));
        // Powers of ten and nothing between them; not each, where their labels would cover each other.
        double label = LETTER * (format.format(most).length() + 1);
        logarithmic.setTickUnit(new NumberTickUnit(Math.max(1, Math.ceil(decades * label / NARROW_PLOT))));
        logarithmic.setNumberFormatOverride(format);
        return inPageStyle(logarithmic);
    }

    /** How many times as long as the longest bar the axis must be, so that there is room for the bar's figure behind it. */
    private static double roomForLabel(double most) {
        double label = LETTER * (BenchTable.figure(most).length() + 1);
        return Math.max(LEAST_ROOM_FOR_LABEL, 1 / (1 - Math.min(0.5, label / NARROW_PLOT)));
    }

    /** Returns the colour of what a figure is: a floor, a peer, or ours. */
    static Color kind(BenchmarkResult result) {
        if (result.countsAsFloor()) {
            return FLOOR;
        }
        if (result.countsAsToy()) {
            return TOY;
        }
        return result.countsAsPeer() ? PEER : OURS;
    }

    private static ValueAxis inPageStyle(ValueAxis axis) {
        axis.setLabelFont(FONT);
        axis.setLabelPaint(INK);
        axis.setTickLabelFont(FONT);
        axis.setTickLabelPaint(INK);
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        return axis;
    }

    private static String pageColours(String svg) {
        // A namespace of JFreeSVG's own is of no use inside a page.
        return svg.replaceFirst(" xmlns:jfreesvg='[^']*'", "")
                .replace(rgb(INK), "var(--ink)")
                .replace(rgb(FAINT), "var(--faint)")
                .replace(rgb(OURS), "var(--ours)")
                .replace(rgb(FLOOR), "var(--floor)")
                .replace(rgb(PEER), "var(--peer)")
                .replace(rgb(TOY), "var(--toy)");
    }

    private static String rgb(Color colour) {
        return "rgb(" + colour.getRed() + "," + colour.getGreen() + "," + colour.getBlue() + ")";
    }
}
