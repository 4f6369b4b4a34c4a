package io.sluice.search;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes to Elasticsearch 6, 7 and 8 and to OpenSearch over HTTPS, with the client file that Sluice renders. At least once; since
 * ids and versions of documents are the job's, what is written twice is there once, and the newest version stays.
 *
 * <pre>{@code
 * stream.sinkTo(SearchSink.<Order>builder()
 *         .service("ELASTICSEARCH")
 *         .documents((order, context) -> new SearchDocument("orders", order.id, order.version, order.toJson()))
 *         .deadLetterIndex("orders-rejected")
 *         .build());
 * }</pre>
 *
 * @param <T> what the job has
 */
@PublicEvolving
public final class SearchSink<T> extends SinkOfThisFlink<T> {

    private static final long serialVersionUID = 1L;

    private final ClientFile file;
    private final Batching batching;
    private final RejectionPolicy rejection;

    SearchSink(
            ElementConverter<T, SearchDocument> documents,
            ClientFile file,
            Batching batching,
            RejectionPolicy rejection) {
        super(documents, batching);
        this.file = file;
        this.batching = batching;
        this.rejection = rejection;
    }

    public static <T> SearchSinkBuilder<T> builder() {
        return new SearchSinkBuilder<>();
    }

    @Override
    public SearchWriter<T> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public SearchWriter<T> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<SearchDocument>> waiting) throws IOException {
        int writer = context.getTaskInfo().getIndexOfThisSubtask();
        SearchMetrics metrics = new SearchMetrics(context.metricGroup());
        Delivery delivery = Delivery.open(file, rejection, batching.bytes, writer, metrics);
        return new SearchWriter<>(getElementConverter(), context, batching, waiting, delivery);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<SearchDocument>> getWriterStateSerializer() {
        return new SearchDocumentSerializer();
    }

    @Override
    public String toString() {
        return "SearchSink with " + file;
    }
}
