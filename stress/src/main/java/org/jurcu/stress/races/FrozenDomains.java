package org.jurcu.stress.races;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The frozen domains with one order taken away, for whoever wants to see what a library with that defect looks like. Each is
 * for one reading thread and one updating thread. The keys say what is missing, with its letter in the proofs.
 */
public final class FrozenDomains {
    private FrozenDomains() {}

    /** Of {@code Rcu} with registered readers: docs/grace-period.md. */
    public static Map<String, Supplier<GraceDomain>> ofEpochs() {
        return Map.of(
                "no fence A",
                () -> new FrozenEpochs() {
                    @Override
                    void readerFence() {}
                },
                "no fence C",
                () -> new FrozenEpochs() {
                    @Override
                    void updaterFence() {}
                });
    }

    /** Of {@code Qsbr}: docs/qsbr.md. */
    public static Map<String, Supplier<GraceDomain>> ofQuiescentStates() {
        return Map.of("no fence A", () -> new FrozenQuiescentStates() {
            @Override
            void onlineFence() {}
        });
    }

    /** Of {@code Srcu}: docs/srcu.md. */
    public static Map<String, Supplier<GraceDomain>> ofCounters() {
        return Map.of(
                "no fence M",
                () -> new FrozenCounters() {
                    @Override
                    void readerFence() {}
                },
                "no fence N",
                () -> new FrozenCounters() {
                    @Override
                    void updaterFence() {}
                });
    }

    /** Of {@code Rcu} with counted readers: docs/grace-period.md, section 13. */
    public static Map<String, Supplier<GraceDomain>> ofVirtualReaders() {
        return Map.of("no fence M", () -> new FrozenVirtualReaders() {
            @Override
            void readerFence() {}
        });
    }
}
