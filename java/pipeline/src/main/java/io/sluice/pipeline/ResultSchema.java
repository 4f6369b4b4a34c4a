package io.sluice.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes results as JSON with the word as key, so that those of one word stay in their order. */
final class ResultSchema implements KafkaRecordSerializationSchema<WordCount> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    ResultSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(WordCount count, KafkaSinkContext context, Long time) {
        return new ProducerRecord<>(
                topic, count.word.getBytes(UTF_8), count.toJson().getBytes(UTF_8));
    }
}
