package io.sluice.search;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** How long to wait before the next attempt: twice as long after each failure in a row, less a random part of up to a half. */
final class Backoff {

    private final long firstMillis;
    private final long longestMillis;
    private final AtomicInteger failures = new AtomicInteger();

    Backoff(long firstMillis, long longestMillis) {
        this.firstMillis = firstMillis;
        this.longestMillis = longestMillis;
    }

    void succeeded() {
        failures.set(0);
    }

    long failed() {
        int doublings = Math.min(failures.getAndIncrement(), 30);
        long whole = Math.min(longestMillis, firstMillis << doublings);
        return whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1);
    }
}
