package io.sluice.search;

import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.ElementConverter;

/** What is not the same source for Flink 1.20 and 2.x: here for 2.x, where nothing is missing. */
abstract class SinkOfThisFlink<T> extends AsyncSinkBase<T, SearchDocument> {

    private static final long serialVersionUID = 1L;

    SinkOfThisFlink(ElementConverter<T, SearchDocument> converter, Batching batching) {
        super(
                converter,
                batching.documents,
                batching.inFlight,
                batching.buffered,
                batching.bytes,
                batching.millis,
                batching.bytes);
    }
}
