package org.jurcu.stress.campaign.part;

import java.awt.Paint;
import java.io.Serial;
import java.util.List;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** One class of benchmarks as bars. */
final class BenchmarkBars {
    private static final int ROW = 26;

    private BenchmarkBars() {}

    /** Draws the medians of {@code results}, which share a class and a unit; {@code id} is unique on the page. */
    static String svg(List<BenchmarkResult> results, String id) {
        DefaultCategoryDataset medians = new DefaultCategoryDataset();
        results.forEach(r -> medians.addValue(r.median(), "median", r.label()));
        String unit = results.get(0).unit() + (results.get(0).mode().equals("thrpt") ? ", more is better" : "");
        double[] figures = results.stream().mapToDouble(BenchmarkResult::median).toArray();
        return Chart.svg(
                Chart.bars(medians, Chart.values(figures, unit), new KindRenderer(results)), ROW * results.size(), id);
    }

    /** A bar in the colour of what it is: a floor, a peer, a toy, or ours. */
    private static final class KindRenderer extends FigureBars {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient List<BenchmarkResult> results;

        KindRenderer(List<BenchmarkResult> results) {
            this.results = results;
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            return Chart.kind(results.get(column));
        }
    }
}
