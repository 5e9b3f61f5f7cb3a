package org.jurcu.fence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jurcu.rcu.Rcu;

/** Programs that {@link FenceStrategyTest} runs in processes of their own. */
final class FenceProgram {
    private FenceProgram() {}

    static final class PrintStrategy {
        private PrintStrategy() {}

        public static void main(String[] args) {
            AsymmetricFence.light();
            AsymmetricFence.heavy();
            System.out.println("strategy=" + AsymmetricFence.strategy());
        }
    }

    /** Creates two domains, as a class is initialized only once: the second must be told the same. */
    static final class CreateDomain {
        private CreateDomain() {}

        public static void main(String[] args) {
            String first = create();
            String second = create();
            if (!second.contains(first.replaceFirst("refused: ", ""))) {
                throw new AssertionError("the second time it said something else: " + second);
            }
            System.out.println(first);
        }

        private static String create() {
            try (Rcu rcu = Rcu.create("fence")) {
                rcu.call(rcu::name);
                rcu.barrier();
                rcu.readLock();
                rcu.readUnlock();
                return "created";
            } catch (IllegalStateException e) {
                return "refused: " + e.getMessage();
            }
        }
    }

    /** Issues a command that this process has not registered for. */
    static final class FailingCommand {
        private static final int PRIVATE_EXPEDITED_SYNC_CORE = 1 << 5;

        private FailingCommand() {}

        public static void main(String[] args) {
            Membarrier.issueAgain(Membarrier.PRIVATE_EXPEDITED);
            try {
                Membarrier.issueAgain(PRIVATE_EXPEDITED_SYNC_CORE);
                System.out.println("accepted");
            } catch (IllegalStateException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    /** Many virtual threads, each with a heavy fence. */
    static final class VirtualHeavy {
        private VirtualHeavy() {}

        public static void main(String[] args) throws Exception {
            AtomicInteger fences = new AtomicInteger();
            Runnable body = () -> {
                AsymmetricFence.heavy();
                fences.incrementAndGet();
            };
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                threads.add((Thread) Thread.class
                        .getMethod("startVirtualThread", Runnable.class)
                        .invoke(null, body));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.println(fences + " fences");
        }
    }
}
