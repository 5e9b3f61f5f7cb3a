package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class RcuManagementTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @Test
    void aRegisteredDomainShowsItsNumbersUntilItIsClosed() throws Exception {
        ObjectName name;
        try (Rcu rcu = Rcu.create("shown")) {
            name = RcuManagement.register(rcu).objectName();
            assertEquals(new ObjectName("org.jurcu:type=RcuDomain,flavour=Rcu,name=\"shown\""), name);
            rcu.register();
            rcu.synchronize();
            rcu.call(rcu::name);
            rcu.barrier();
            assertEquals("shown", SERVER.getAttribute(name, "Domain"));
            assertEquals("Rcu", SERVER.getAttribute(name, "Flavour"));
            assertEquals(1L, SERVER.getAttribute(name, "CallbacksInvoked"));
            assertEquals(1L, SERVER.getAttribute(name, "CallbacksQueued"));
            assertEquals(1, SERVER.getAttribute(name, "ReadersRegistered"));
            assertEquals(rcu.stats().gracePeriods(), SERVER.getAttribute(name, "GracePeriods"));
        }
        assertFalse(SERVER.isRegistered(name));
    }

    @Test
    void everyNumberIsAnAttributeAndEqualToIt() throws Exception {
        try (Rcu rcu = Rcu.create("complete")) {
            ObjectName name = RcuManagement.register(rcu).objectName();
            Set<String> attributes = new TreeSet<>();
            for (MBeanAttributeInfo attribute : SERVER.getMBeanInfo(name).getAttributes()) {
                attributes.add(attribute.getName());
            }
            Set<String> expected = Arrays.stream(RcuStats.class.getRecordComponents())
                    .map(component -> attributeOf(component.getName()))
                    .collect(Collectors.toCollection(TreeSet::new));
            expected.add("Flavour");
            assertEquals(expected, attributes);
            rcu.synchronize();
            RcuStats stats = rcu.stats();
            for (RecordComponent component : RcuStats.class.getRecordComponents()) {
                Object value = component.getAccessor().invoke(stats);
                assertEquals(value, SERVER.getAttribute(name, attributeOf(component.getName())), component.getName());
            }
        }
    }

    private static String attributeOf(String component) {
        return Character.toUpperCase(component.charAt(0)) + component.substring(1);
    }

    @Test
    void domainsOfOneNameAreToldApart() throws Exception {
        try (Rcu first = Rcu.create("twins, \"or\" more: *?");
                Rcu second = Rcu.create(first.name())) {
            RcuManagement.Registration one = RcuManagement.register(first);
            RcuManagement.Registration two = RcuManagement.register(second);
            assertEquals("2", two.objectName().getKeyProperty("id"));
            second.synchronize();
            assertEquals(0L, SERVER.getAttribute(one.objectName(), "GracePeriods"));
            assertEquals(1L, SERVER.getAttribute(two.objectName(), "GracePeriods"));
            one.close();
            one.close();
            assertFalse(SERVER.isRegistered(one.objectName()));
            assertTrue(SERVER.isRegistered(two.objectName()));
            assertEquals(one.objectName(), RcuManagement.register(first).objectName());
        }
        assertEquals(Set.of(), SERVER.queryNames(new ObjectName("org.jurcu:*"), null));
    }

    @Test
    void aClosedDomainIsRefused() {
        Rcu rcu = Rcu.create("closed");
        rcu.close();
        assertThrows(IllegalStateException.class, () -> RcuManagement.register(rcu));
    }

    @Test
    void closingTheDomainAfterSomebodyElseUnregisteredItIsFine() throws Exception {
        Rcu rcu = Rcu.create("gone");
        SERVER.unregisterMBean(RcuManagement.register(rcu).objectName());
        rcu.close();
    }
}
