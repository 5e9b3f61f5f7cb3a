package org.jurcu.stress.races;

/** A domain that counts its readers' sections, and tells how many it counts as open. */
interface CountingDomain extends GraceDomain {
    long open();
}
