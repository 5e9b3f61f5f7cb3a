package org.jurcu.stress.campaign.part;

import java.awt.Color;
import java.io.Serial;
import java.util.Locale;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jurcu.stress.campaign.bench.BenchTable;

/** Flat bars with their figures at their ends. */
class FigureBars extends BarRenderer {
    @Serial
    private static final long serialVersionUID = 1L;

    FigureBars() {
        setBarPainter(new StandardBarPainter());
        setShadowVisible(false);
        setDrawBarOutline(false);
        setMaximumBarWidth(0.6);
        setDefaultItemLabelsVisible(true);
        setDefaultItemLabelFont(Chart.FONT);
        setDefaultItemLabelPaint(Chart.INK);
        setDefaultPositiveItemLabelPosition(new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
        setDefaultItemLabelGenerator(new FigureLabels());
    }

    /** Returns bars of two series, each pair of them side by side. */
    static FigureBars pairs(Color first, Color second) {
        FigureBars bars = new FigureBars();
        bars.setItemMargin(0);
        bars.setSeriesPaint(0, first);
        bars.setSeriesPaint(1, second);
        return bars;
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
