package io.sluice.search;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** What a writer counts beside Flink's own metrics of sinks, below the group {@code search}. Counted on the client's threads. */
final class SearchMetrics {

    /** Documents that the server has taken. */
    final Counter indexed;
    /** Documents of which the server had this version already, or a newer one. */
    final Counter superseded;
    /** Documents that went to the dead-letter index. */
    final Counter rejected;
    /** Documents that were sent once more. */
    final Counter retried;

    SearchMetrics(MetricGroup writer) {
        MetricGroup group = writer.addGroup("search");
        indexed = group.counter("documentsIndexed", new ThreadSafeSimpleCounter());
        superseded = group.counter("documentsSuperseded", new ThreadSafeSimpleCounter());
        rejected = group.counter("documentsRejected", new ThreadSafeSimpleCounter());
        retried = group.counter("documentsRetried", new ThreadSafeSimpleCounter());
    }
}
