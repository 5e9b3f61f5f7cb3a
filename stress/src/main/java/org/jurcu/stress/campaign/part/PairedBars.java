package org.jurcu.stress.campaign.part;

import java.awt.Color;
import java.util.stream.DoubleStream;
import org.jfree.data.category.DefaultCategoryDataset;

/** A chart of two figures beside each name: ours, and what it is compared with. */
final class PairedBars {
    private static final int ROW = 42;

    private final DefaultCategoryDataset figures = new DefaultCategoryDataset();
    private final DoubleStream.Builder all = DoubleStream.builder();

    void add(String name, double ours, double other) {
        figures.addValue(ours, "ours", name);
        figures.addValue(other, "other", name);
        all.add(ours).add(other);
    }

    /** Draws it, on an axis that is called {@code axis}; {@code id} is unique on the page. */
    String svg(String axis, Color other, String id) {
        FigureBars bars = FigureBars.pairs(Chart.OURS, other);
        return Chart.svg(
                Chart.bars(figures, Chart.values(all.build().toArray(), axis), bars),
                ROW * figures.getColumnCount(),
                id);
    }
}
