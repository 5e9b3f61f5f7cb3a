package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jurcu.model.Interleavings.await;
import static org.jurcu.model.Interleavings.load;
import static org.jurcu.model.Interleavings.lock;
import static org.jurcu.model.Interleavings.store;
import static org.jurcu.model.Interleavings.unlock;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.model.Interleavings;
import org.jurcu.model.Interleavings.Findings;
import org.jurcu.model.Interleavings.Step;

/** The listings of docs/collections.md in every interleaving, and each with one step wrong. */
class CollectionsModelTest {
    // Nodes are numbers, and a node's number is the cell of its link.
    private static final int HEAD = 0;
    private static final int A = 1;
    private static final int B = 2;
    private static final int C = 3;
    private static final int FRESH = 4;
    private static final int OTHER_HEAD = 5;
    /** Cells from here on say whether the node may be looked at: 1 if its contents are there. */
    private static final int CONTENTS = 10;
    /** 0 before the reader's section, 1 in it, 2 behind it. */
    private static final int SECTION = 20;

    private static final int ARRAY_LENGTH = 21;
    private static final int SECOND_BUCKET = 22;
    private static final int STRIPE = 23;
    private static final int CELLS = 24;

    private static final int NOWHERE = 9;

    /** Orders and steps that can be taken away. */
    enum Twin {
        PUBLISHED_BEFORE_CONTENTS, // A of L2
        PUBLISHED_BEFORE_LINK, // L1, L2
        NEXT_CLEARED_AT_DELETE, // L3
        NO_GRACE_PERIOD_AFTER_DELETE,
        REPLACED_BY_DELETE_AND_ADD, // L5
        REPLACED_BY_ADD_AND_DELETE, // L5
        SPLICE_WITHOUT_GRACE_PERIOD, // L7
        SPLICE_LINKED_AFTER_PUBLICATION, // L8, L9
        BUCKET_ENTERED_BEFORE_IT_IS_LINKED, // C of H8
        BUCKET_LINKED_FRONT_FIRST, // H7
        SHRINK_UNLINKS_BEFORE_ARRAY, // H9, H10
        SHRINK_CLEARS_LINK, // H10
        UPDATER_ENTERS_BEFORE_LOCK,
        PUT_WITHOUT_LOCK
    }

    private final Set<Twin> twins = EnumSet.noneOf(Twin.class);

    private boolean is(Twin twin) {
        return twins.contains(twin);
    }

    private static long[] cells(long... nextOfEach) {
        long[] cells = new long[CELLS];
        System.arraycopy(nextOfEach, 0, cells, 0, nextOfEach.length);
        return cells;
    }

    // ---- the reader ----

    private static final int AT = 0;
    private static final int STEPS = 1;
    private static final int HARM = 2;
    private static final int MET = 3; // and the registers behind it: how often each node was met
    private static final int REGISTERS = MET + 10;

    /** A walk from {@code head} to {@code end} inside a section. */
    private static List<Step> walk(int head, int end) {
        return List.of(store(SECTION, 1), load(AT, head), visit(end), follow(), store(SECTION, 2));
    }

    private static Step visit(int end) {
        return (shared, own, at) -> {
            int node = (int) own[AT];
            if (node == end || own[STEPS]++ > 8) {
                return at + 2;
            }
            own[MET + node]++;
            if (shared[CONTENTS + node] == 0) {
                own[HARM] = 1;
            }
            return at + 1;
        };
    }

    private static Step follow() {
        return (shared, own, at) -> {
            own[AT] = shared[(int) own[AT]];
            return at - 1;
        };
    }

    private static Step gracePeriod() {
        return await(shared -> shared[SECTION] != 1);
    }

    private static boolean endless(long[] registers) {
        return registers[STEPS] > 8;
    }

    private static boolean metOnce(long[] registers, int node) {
        return registers[MET + node] == 1;
    }

    // ---- the list ----

    private static Interleavings list() {
        // HEAD -> A -> B -> C -> HEAD; FRESH leads nowhere yet
        long[] cells = cells(A, B, C, HEAD, NOWHERE);
        for (int node : new int[] {A, B, C}) {
            cells[CONTENTS + node] = 1;
        }
        cells[NOWHERE] = NOWHERE;
        return new Interleavings(cells);
    }

    private Findings delete() {
        Interleavings machine = list();
        machine.add(REGISTERS, walk(HEAD, HEAD));
        List<Step> updater = new ArrayList<>();
        updater.add(store(A, C));
        if (is(Twin.NEXT_CLEARED_AT_DELETE)) {
            updater.add(store(B, HEAD));
        }
        if (!is(Twin.NO_GRACE_PERIOD_AFTER_DELETE)) {
            updater.add(gracePeriod());
        }
        updater.add(store(CONTENTS + B, 0));
        updater.add(store(B, NOWHERE));
        machine.add(0, updater);
        return machine.explore(
                (shared, r) -> endless(r) || r[HARM] != 0 || r[MET + B] > 1 || !metOnce(r, A) || !metOnce(r, C));
    }

    private Findings add() {
        Interleavings machine = list();
        machine.add(REGISTERS, walk(HEAD, HEAD));
        List<Step> updater = new ArrayList<>(List.of(store(CONTENTS + FRESH, 1), store(FRESH, B), store(A, FRESH)));
        if (is(Twin.PUBLISHED_BEFORE_CONTENTS)) {
            updater.add(updater.remove(0));
        }
        if (is(Twin.PUBLISHED_BEFORE_LINK)) {
            updater.add(updater.remove(1));
        }
        machine.add(0, updater);
        return machine.explore((shared, r) ->
                endless(r) || r[HARM] != 0 || r[MET + FRESH] > 1 || !metOnce(r, A) || !metOnce(r, B) || !metOnce(r, C));
    }

    private Findings replace() {
        Interleavings machine = list();
        machine.add(REGISTERS, walk(HEAD, HEAD));
        List<Step> updater = new ArrayList<>(List.of(store(CONTENTS + FRESH, 1), store(FRESH, C)));
        if (is(Twin.REPLACED_BY_DELETE_AND_ADD)) {
            updater.add(store(A, C));
            updater.add(store(A, FRESH));
        } else if (is(Twin.REPLACED_BY_ADD_AND_DELETE)) {
            updater.add(store(B, FRESH));
            updater.add(store(A, FRESH));
        } else {
            updater.add(store(A, FRESH));
        }
        updater.add(gracePeriod());
        updater.add(store(CONTENTS + B, 0));
        machine.add(0, updater);
        return machine.explore((shared, r) ->
                endless(r) || r[HARM] != 0 || r[MET + B] + r[MET + FRESH] != 1 || !metOnce(r, A) || !metOnce(r, C));
    }

    /** HEAD's elements A and B go to the front of OTHER_HEAD's list, which holds C; a reader in either. */
    private Findings splice(int readersHead) {
        long[] cells = cells(A, B, HEAD, OTHER_HEAD, NOWHERE, C);
        for (int node : new int[] {A, B, C}) {
            cells[CONTENTS + node] = 1;
        }
        Interleavings machine = new Interleavings(cells);
        machine.add(REGISTERS, walk(readersHead, readersHead));
        List<Step> updater = new ArrayList<>();
        updater.add(store(HEAD, HEAD));
        if (!is(Twin.SPLICE_WITHOUT_GRACE_PERIOD)) {
            updater.add(gracePeriod());
        }
        updater.add(store(B, C));
        updater.add(store(OTHER_HEAD, A));
        if (is(Twin.SPLICE_LINKED_AFTER_PUBLICATION)) {
            updater.add(updater.remove(updater.size() - 2));
        }
        machine.add(0, updater);
        boolean inTarget = readersHead == OTHER_HEAD;
        return machine.explore((shared, r) -> endless(r)
                || r[MET + HEAD] + r[MET + OTHER_HEAD] != 0
                || r[MET + A] != r[MET + B]
                || (inTarget ? !metOnce(r, C) : r[MET + C] != 0));
    }

    // ---- the table: in sorted order bucket HEAD, A (even), bucket FRESH, B (odd), C (odd); end is NOWHERE ----

    /** A look-up of {@code node}, which is odd, by one who reads the array's length first. */
    private static List<Step> lookup(int node) {
        return List.of(load(AT, ARRAY_LENGTH), enter(), visitUntil(node), follow());
    }

    private static Step enter() {
        return (shared, own, at) -> {
            long first = own[AT] == 1 ? HEAD : shared[SECOND_BUCKET];
            own[AT] = first;
            return at + 1;
        };
    }

    private static Step visitUntil(int node) {
        return (shared, own, at) -> {
            own[MET + (int) own[AT]]++;
            return own[AT] == node || own[AT] == NOWHERE ? at + 2 : at + 1;
        };
    }

    private static Interleavings table(int length) {
        long[] cells = length == 1 ? cells(A, B, C, NOWHERE, NOWHERE) : cells(A, FRESH, C, NOWHERE, B);
        cells[ARRAY_LENGTH] = length;
        cells[SECOND_BUCKET] = length == 1 ? NOWHERE : FRESH;
        cells[NOWHERE] = NOWHERE;
        return new Interleavings(cells);
    }

    private List<Step> grow() {
        List<Step> steps = new ArrayList<>();
        steps.add(lock(STRIPE));
        steps.add(load(0, A)); // what follows the even ones now
        Step link = store(FRESH, own -> own[0]);
        Step front = store(A, FRESH);
        steps.add(is(Twin.BUCKET_LINKED_FRONT_FIRST) ? front : link);
        steps.add(is(Twin.BUCKET_LINKED_FRONT_FIRST) ? link : front);
        steps.add(unlock(STRIPE));
        List<Step> array = List.of(store(SECOND_BUCKET, FRESH), store(ARRAY_LENGTH, 2));
        steps.addAll(is(Twin.BUCKET_ENTERED_BEFORE_IT_IS_LINKED) ? 0 : steps.size(), array);
        return steps;
    }

    private List<Step> shrink() {
        List<Step> steps = new ArrayList<>();
        steps.add(lock(STRIPE));
        steps.add(load(0, FRESH));
        steps.add(store(A, own -> own[0]));
        if (is(Twin.SHRINK_CLEARS_LINK)) {
            steps.add(store(FRESH, NOWHERE));
        }
        steps.add(unlock(STRIPE));
        steps.add(is(Twin.SHRINK_UNLINKS_BEFORE_ARRAY) ? steps.size() : 0, store(ARRAY_LENGTH, 1));
        return steps;
    }

    /** Puts C, which is odd and not in the table yet, in front of B. */
    private List<Step> putC() {
        List<Step> steps = new ArrayList<>();
        if (!is(Twin.PUT_WITHOUT_LOCK)) {
            steps.add(lock(STRIPE));
        }
        steps.add(load(AT, ARRAY_LENGTH));
        if (is(Twin.UPDATER_ENTERS_BEFORE_LOCK)) {
            steps.add(steps.remove(0));
        }
        steps.add(enter());
        steps.add((shared, own, at) -> { // goes on until B follows
            if (shared[(int) own[AT]] == B) {
                return at + 1;
            }
            own[AT] = shared[(int) own[AT]];
            return own[AT] == NOWHERE ? at + 1 : at;
        });
        steps.add(store(C, B));
        steps.add((shared, own, at) -> {
            shared[(int) own[AT]] = C;
            return at + 1;
        });
        if (!is(Twin.PUT_WITHOUT_LOCK)) {
            steps.add(unlock(STRIPE));
        }
        return steps;
    }

    private static boolean isMissing(long[] shared, int node) {
        long at = shared[ARRAY_LENGTH] == 1 ? HEAD : shared[SECOND_BUCKET];
        for (int i = 0; i < 10 && at != node; i++) {
            at = shared[(int) at];
        }
        return at != node;
    }

    private static Interleavings.Bad missesSomething(Predicate<long[]> reader) {
        return (shared, r) -> reader.test(r) || isMissing(shared, B) || isMissing(shared, C);
    }

    /** A reader looks for C, which stays, while the number of buckets changes. */
    private Findings readerDuring(int length, List<Step> resizing) {
        Interleavings machine = table(length);
        machine.add(REGISTERS, lookup(C));
        machine.add(1, resizing);
        return machine.explore(missesSomething(r -> !metOnce(r, C)));
    }

    /** A reader looks for B, which stays, while C is put in front of it and the number of buckets changes. */
    private Findings putDuring(int length, List<Step> resizing) {
        long[] cells = length == 1 ? cells(A, B, NOWHERE, NOWHERE, NOWHERE) : cells(A, FRESH, NOWHERE, NOWHERE, B);
        cells[ARRAY_LENGTH] = length;
        cells[SECOND_BUCKET] = length == 1 ? NOWHERE : FRESH;
        cells[NOWHERE] = NOWHERE;
        Interleavings machine = new Interleavings(cells);
        machine.add(REGISTERS, lookup(B));
        machine.add(1, resizing);
        machine.add(1, putC());
        return machine.explore(missesSomething(r -> !metOnce(r, B)));
    }

    private List<Findings> everything() {
        return List.of(
                delete(),
                add(),
                replace(),
                splice(HEAD),
                splice(OTHER_HEAD),
                readerDuring(1, grow()),
                readerDuring(2, shrink()),
                putDuring(1, grow()),
                putDuring(2, shrink()));
    }

    @Test
    void nothingForbiddenHappens() {
        for (Findings findings : everything()) {
            assertFalse(findings.violation());
            assertTrue(findings.states() > 20 && findings.ends() > 0, findings::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachStepIsNeeded(Twin twin) {
        twins.add(twin);
        assertTrue(everything().stream().anyMatch(Findings::violation));
    }
}
