package org.jurcu.stress.races;

import org.jurcu.rcu.list.RcuList;

/** What a test body needs of a list: three elements, and one change to the middle one. */
interface ElementList {
    /** Begins with {@code a}, {@code b} and {@code c}. */
    void fill(ListElement a, ListElement b, ListElement c);

    ListElement first();

    ListElement next(ListElement element);

    /** Takes {@code b} out. */
    void delete();

    /** Fills {@code fresh} and adds it behind {@code b}. */
    void fillAndAdd(ListElement fresh);

    /** Puts {@code fresh}, which is filled, in the place of {@code b}. */
    void replace(ListElement fresh);

    /** The library's. */
    final class Shipped implements ElementList {
        private final RcuList<ListElement> list = new RcuList<>();
        private ListElement b;

        @Override
        public void fill(ListElement first, ListElement middle, ListElement last) {
            list.addTail(first);
            list.addTail(middle);
            list.addTail(last);
            b = middle;
        }

        @Override
        public ListElement first() {
            return list.firstOrNull();
        }

        @Override
        public ListElement next(ListElement element) {
            return list.nextOrNull(element);
        }

        @Override
        public void delete() {
            list.del(b);
        }

        @Override
        public void fillAndAdd(ListElement fresh) {
            fresh.fill();
            list.addBehind(fresh, b);
        }

        @Override
        public void replace(ListElement fresh) {
            list.replace(b, fresh);
        }
    }

    /** The same in a dozen lines, each step to be overridden. */
    class Frozen implements ElementList {
        ListElement a;
        ListElement b;
        ListElement c;

        @Override
        public void fill(ListElement first, ListElement middle, ListElement last) {
            a = first;
            b = middle;
            c = last;
            b.storeReleaseFrozenNext(c);
            a.storeReleaseFrozenNext(b);
        }

        @Override
        public ListElement first() {
            return a;
        }

        @Override
        public ListElement next(ListElement element) {
            return element.loadAcquireFrozenNext();
        }

        @Override
        public void delete() {
            a.storeReleaseFrozenNext(c);
        }

        @Override
        public void fillAndAdd(ListElement fresh) {
            fresh.fill();
            fresh.storeReleaseFrozenNext(c);
            b.storeReleaseFrozenNext(fresh);
        }

        @Override
        public void replace(ListElement fresh) {
            fresh.storeReleaseFrozenNext(c);
            a.storeReleaseFrozenNext(fresh);
        }
    }
}
