package org.jurcu.stress.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the detectors rest on, in one thread. */
class PipelineTest {
    private final Subject subject = Flavour.RCU.create("pipeline", Duration.ofSeconds(3), new StallReports());
    private final Evidence evidence = new Evidence();
    private final Pipeline pipeline = new Pipeline(0, 2, subject.updates(), evidence);
    private final Tally tally = new Tally();

    @AfterEach
    void close() {
        subject.close();
    }

    private Element replace() {
        return pipeline.publish(pipeline.allocate());
    }

    private void age(Element element, int times) {
        for (int i = 0; i < times; i++) {
            pipeline.older(element, Update.TIMED);
        }
    }

    private void look(Element element, long life) {
        Sections.look(evidence, tally, 1, element, life, 0);
    }

    @Test
    void ageOneIsLegalAndAgeTwoIsNot() {
        Element element = pipeline.find();
        long life = element.life();
        look(element, life);
        assertEquals(element, replace());
        look(element, life);
        assertFalse(evidence.any());
        assertEquals(1, tally.get(Tally.AGES));
        assertEquals(1, tally.get(Tally.AGES + 1));
        age(element, 1);
        look(element, life);
        assertEquals("age:1", evidence.summary());
        assertTrue(evidence.agedOnlyBy(Update.TIMED));
        assertTrue(evidence.agedOnlyForOddReaders());
        assertEquals(1, tally.get(Tally.AGES + 2));
    }

    @Test
    void anElementThatIsFreedUnderItsReaderIsFoundAlsoIfItServesAgain() {
        Element element = pipeline.find();
        long life = element.life();
        replace();
        age(element, Element.END - 1);
        look(element, life);
        assertEquals("life:1", evidence.summary());
        Element again;
        do {
            again = pipeline.allocate();
        } while (again != element);
        look(element, life);
        assertEquals("life:2", evidence.summary());
        assertNotEquals(life, element.life());
    }

    @Test
    void mailThatComesInTimeIsTakenAway() {
        Element element = pipeline.find();
        element.send(0, 1);
        replace();
        element.send(1, 1);
        age(element, Element.END - 1);
        assertFalse(evidence.any());
    }

    @Test
    void mailThatComesBehindTheFirstGracePeriodIsLate() {
        Element element = pipeline.find();
        replace();
        age(element, 1);
        element.send(1, 1);
        age(element, Element.END - 2);
        assertEquals(
                List.of("mail: " + element + " got mail of reader 1 after the grace period that emptied it"),
                evidence.sentences());
    }

    @Test
    void mailToAFreeElementIsLateToo() {
        Element element = pipeline.find();
        replace();
        age(element, Element.END - 1);
        element.send(0, 1);
        while (pipeline.allocate() != null) {
            // until it is that one's turn
        }
        assertEquals("mail:1", evidence.summary());
    }

    @Test
    void callbacksAgeAnElementToItsEnd() {
        Element element = replace();
        assertEquals(1, pipeline.underWay());
        pipeline.queue(element);
        while (pipeline.calledBack() < Element.END - 1) {
            subject.domain().barrier();
        }
        assertEquals(pipeline.queued(), pipeline.calledBack());
        assertEquals(0, pipeline.underWay());
        assertEquals(Element.FREE, element.life());
        assertFalse(evidence.any());
    }

    @Test
    void aCallbackThatIsNotQueuedHasRunTwice() {
        Element element = replace();
        element.invoke();
        assertEquals("return:1", evidence.summary());
        assertTrue(evidence.sentences().get(0).contains("ran twice"));
    }

    @Test
    void anElementIsNotQueuedTwice() {
        Element element = replace();
        element.markQueued();
        pipeline.queue(element);
        assertEquals(
                "return: " + element + " is queued twice", evidence.sentences().get(0));
    }

    @Test
    void whoTakesAllFindsNothing() {
        List<Element> taken = new ArrayList<>();
        for (Element next = pipeline.allocate(); next != null; next = pipeline.allocate()) {
            taken.add(next);
        }
        assertNull(pipeline.allocate());
        assertEquals(taken.size(), pipeline.underWay());
        assertTrue(pipeline.whereabouts().contains("free 0"), pipeline.whereabouts());
    }
}
