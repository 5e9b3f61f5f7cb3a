package org.jurcu.stress.campaign.part;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.DefaultDrawingSupplier;
import org.jfree.chart.renderer.category.LineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jurcu.stress.campaign.bench.BenchTable;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** A line for each method over the numbers of threads, with its name and last figure at its end. */
final class ThreadLines {
    private static final int LINE = 15;
    private static final int LEAST_HEIGHT = 220;
    private static final int ROOM_FOR_NAMES = 270;
    private static final int LEADER = 22;
    private static final BasicStroke THIN = new BasicStroke(0.5f);

    private ThreadLines() {}

    /** What is shown of a method. */
    enum Scale {
        /** One operation. */
        TIME("ns/op") {
            @Override
            double of(BenchmarkResult result) {
                return result.median();
            }
        },
        /** All threads together. */
        THROUGHPUT("millions/s, all threads") {
            @Override
            double of(BenchmarkResult result) {
                return result.threads() * 1000.0 / result.median();
            }
        };

        private final String unit;

        Scale(String unit) {
            this.unit = unit;
        }

        abstract double of(BenchmarkResult result);
    }

    /**
     * The end of a line.
     *
     * @param text beside it
     * @param paint of the line
     * @param value where it ends
     * @param last whether that is the last number of threads
     */
    private record End(String text, Paint paint, double value, boolean last) {}

    static String svg(
            Map<String, NavigableMap<Integer, BenchmarkResult>> methods,
            NavigableSet<Integer> counts,
            Scale scale,
            String id) {
        DefaultCategoryDataset points = new DefaultCategoryDataset();
        LineAndShapeRenderer lines = new LineAndShapeRenderer(true, true);
        lines.setDrawOutlines(false);
        Shape[] shapes = DefaultDrawingSupplier.DEFAULT_SHAPE_SEQUENCE;
        List<End> ends = new ArrayList<>();
        List<Double> figures = new ArrayList<>();
        methods.forEach((name, measured) -> {
            int series = points.getRowCount();
            for (int count : counts) {
                BenchmarkResult r = measured.get(count);
                points.addValue(r == null ? null : (Double) scale.of(r), name, Integer.toString(count));
                if (r != null) {
                    figures.add(scale.of(r));
                }
            }
            BenchmarkResult last = measured.lastEntry().getValue();
            Paint paint = Chart.kind(last);
            lines.setSeriesPaint(series, paint);
            lines.setSeriesShape(series, shapes[series % shapes.length]);
            lines.setSeriesStroke(series, new BasicStroke(1.4f));
            ends.add(new End(
                    name + "  " + BenchTable.figure(scale.of(last)),
                    paint,
                    scale.of(last),
                    measured.lastKey().equals(counts.last())));
        });
        ValueAxis values = Chart.values(figures.stream().mapToDouble(f -> f).toArray(), scale.unit);
        CategoryPlot plot = Chart.inPageStyle(new CategoryPlot(points, Chart.names(), values, lines));
        plot.getDomainAxis().setLabel("threads");
        plot.getDomainAxis().setLabelFont(Chart.FONT);
        plot.getDomainAxis().setLabelPaint(Chart.INK);
        int height = Math.max(LEAST_HEIGHT, LINE * methods.size());
        return Chart.svg(plot, height, id, ROOM_FOR_NAMES, (canvas, area) -> names(canvas, area, plot, ends));
    }

    /** Writes the names beside the ends, in their order, as near to them as the other names let them be. */
    private static void names(Graphics2D canvas, Rectangle2D area, CategoryPlot plot, List<End> ends) {
        List<End> fromTheTop = new ArrayList<>(ends);
        fromTheTop.sort(Comparator.comparingDouble(End::value).reversed());
        double[] at = new double[fromTheTop.size()];
        for (int i = 0; i < at.length; i++) {
            double own = plot.getRangeAxis().valueToJava2D(fromTheTop.get(i).value(), area, RectangleEdge.LEFT);
            at[i] = i == 0 ? own : Math.max(own, at[i - 1] + LINE);
        }
        double lowest = area.getMaxY() + LINE;
        for (int i = at.length - 1; i >= 0 && at[i] > lowest; i--, lowest -= LINE) {
            at[i] = lowest;
        }
        int counts = plot.getCategories().size();
        double last = plot.getDomainAxis().getCategoryMiddle(counts - 1, counts, area, RectangleEdge.BOTTOM);
        canvas.setFont(Chart.FONT);
        canvas.setStroke(THIN);
        for (int i = 0; i < at.length; i++) {
            End end = fromTheTop.get(i);
            double own = plot.getRangeAxis().valueToJava2D(end.value(), area, RectangleEdge.LEFT);
            canvas.setPaint(end.paint());
            if (end.last()) {
                canvas.draw(new Line2D.Double(last + LEADER / 4.0, own, area.getMaxX() + LEADER, at[i]));
            }
            canvas.draw(new Rectangle2D.Double(area.getMaxX() + LEADER, at[i], 4, 0.5));
            canvas.setPaint(Chart.INK);
            canvas.drawString(end.text(), (float) area.getMaxX() + LEADER + 8, (float) at[i] + 4);
        }
    }
}
