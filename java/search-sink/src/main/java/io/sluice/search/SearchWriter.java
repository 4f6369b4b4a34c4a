package io.sluice.search;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;

/** One subtask's writer: Flink's base class buffers, batches and keeps what waits in the checkpoint. */
final class SearchWriter<T> extends AsyncSinkWriter<T, SearchDocument> {

    private final Delivery delivery;
    private final long batchBytes;

    SearchWriter(
            ElementConverter<T, SearchDocument> converter,
            WriterInitContext context,
            Batching batching,
            Collection<BufferedRequestState<SearchDocument>> waiting,
            Delivery delivery) {
        super(converter, context, configuration(batching), fitting(waiting, batching.bytes));
        this.delivery = delivery;
        this.batchBytes = batching.bytes;
    }

    /** What a writer with larger batches left in a checkpoint. */
    private static Collection<BufferedRequestState<SearchDocument>> fitting(
            Collection<BufferedRequestState<SearchDocument>> waiting, long batchBytes) {
        return waiting.stream()
                .map(state -> state.getBufferedRequestEntries().stream()
                        .map(RequestEntryWrapper::getRequestEntry)
                        .map(document -> new RequestEntryWrapper<>(document, sizeInBatch(document, batchBytes)))
                        .collect(Collectors.toList()))
                .map(BufferedRequestState::new)
                .collect(Collectors.toList());
    }

    /** Flink's base class refuses what is larger than a batch; counted as a whole batch, such a document goes alone. */
    private static long sizeInBatch(SearchDocument document, long batchBytes) {
        return Math.min(document.size(), batchBytes);
    }

    private static AsyncSinkWriterConfiguration configuration(Batching batching) {
        return AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(batching.documents)
                .setMaxBatchSizeInBytes(batching.bytes)
                .setMaxInFlightRequests(batching.inFlight)
                .setMaxBufferedRequests(batching.buffered)
                .setMaxTimeInBufferMS(batching.millis)
                .setMaxRecordSizeInBytes(batching.bytes)
                .build();
    }

    @Override
    protected void submitRequestEntries(List<SearchDocument> documents, ResultHandler<SearchDocument> result) {
        delivery.deliver(documents).whenComplete((remaining, failure) -> {
            if (failure != null) {
                result.completeExceptionally(Delivery.cause(failure));
            } else if (remaining.isEmpty()) {
                result.complete();
            } else {
                result.retryForEntries(remaining);
            }
        });
    }

    @Override
    protected long getSizeInBytes(SearchDocument document) {
        return sizeInBatch(document, batchBytes);
    }

    @Override
    public void close() {
        delivery.close();
    }
}
