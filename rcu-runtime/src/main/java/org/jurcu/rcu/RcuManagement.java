package org.jurcu.rcu;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Shows a domain's numbers to JMX, if asked to.
 *
 * <pre>{@code
 * try (Rcu rcu = Rcu.create("pages")) {
 *     RcuManagement.register(rcu);      // org.jurcu:type=RcuDomain,flavour=Rcu,name="pages"
 *     serve(rcu);
 * }                                     // unregistered by close()
 * }</pre>
 *
 * <p>It is not done by itself, since the platform's server keeps what is registered, and with it the domain and the class
 * loader, until the domain or the registration is closed. A second domain of the same flavour and name gets a key
 * {@code id=2}, and so on.
 *
 * <p>Progress: blocking, as the server is. The module {@code java.management} is needed only by who uses this class: an
 * application of named modules requires it itself.
 */
public final class RcuManagement {
    private RcuManagement() {}

    /** A domain's place in the server. */
    public interface Registration extends AutoCloseable {
        /** Returns the name that the domain got. */
        ObjectName objectName();

        /** Takes the domain out of the server; does nothing the second time, or if the domain was closed before. */
        @Override
        void close();
    }

    /**
     * Registers a domain with the platform's MBean server as an {@link RcuDomainMXBean}.
     *
     * @throws IllegalStateException if the domain is closed, or if the server refuses for a reason of its own
     */
    public static Registration register(RcuDomain domain) {
        domain.checkOpen();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        DomainView view = new DomainView(domain);
        Entry entry = new Entry(server, register(server, view), domain);
        domain.atClose(entry);
        if (domain.isClosing()) { // it may not have met the entry
            entry.close();
        }
        return entry;
    }

    private static ObjectName register(MBeanServer server, DomainView view) {
        String base =
                "org.jurcu:type=RcuDomain,flavour=" + view.getFlavour() + ",name=" + ObjectName.quote(view.getDomain());
        for (int id = 1; ; id++) {
            try {
                ObjectName name = new ObjectName(id == 1 ? base : base + ",id=" + id);
                server.registerMBean(view, name);
                return name;
            } catch (InstanceAlreadyExistsException e) {
                // The next id may be free.
            } catch (JMException e) {
                throw new IllegalStateException(
                        "The MBean server refused domain \"" + view.getDomain() + "\": see the cause.", e);
            }
        }
    }

    private static final class Entry implements Registration, Runnable {
        private final MBeanServer server;
        private final ObjectName name;
        private final RcuDomain domain;
        private final AtomicBoolean closed = new AtomicBoolean();

        Entry(MBeanServer server, ObjectName name, RcuDomain domain) {
            this.server = server;
            this.name = name;
            this.domain = domain;
        }

        @Override
        public ObjectName objectName() {
            return name;
        }

        @Override
        public void close() {
            domain.notAtClose(this);
            run();
        }

        @Override
        public void run() {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException e) {
                // Somebody else has taken it out.
            } catch (JMException e) {
                throw new IllegalStateException("The MBean server kept " + name + ": see the cause.", e);
            }
        }
    }
}
