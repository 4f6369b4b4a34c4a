package io.sluice.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** Kafka's side, by the client file that {@code KAFKA_CLIENT_PROPERTIES} names. */
final class Topics {

    /** As long as the brokers allow by default: a job that is away for longer loses what it had not committed. */
    private static final String TRANSACTION_TIMEOUT_MILLIS = "900000";

    private final Properties client;

    Topics(Path clientFile) throws IOException {
        client = ClientReferences.to(clientFile);
    }

    static Topics ofEnvironment() throws IOException {
        String file = System.getenv("KAFKA_CLIENT_PROPERTIES");
        if (file == null) {
            throw new IOException("KAFKA_CLIENT_PROPERTIES is not set: submit this job by sluice run");
        }
        return new Topics(Path.of(file));
    }

    /** All of a topic from its beginning, only what is committed. */
    KafkaSource<Word> words(String topic, boolean inComment) {
        return KafkaSource.<Word>builder()
                .setProperties(client)
                .setProperty("isolation.level", "read_committed")
                .setGroupId("word-pipeline")
                .setTopics(topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setValueOnlyDeserializer(new WordSchema(inComment))
                .build();
    }

    /** Exactly once: a transaction for each checkpoint, committed when all of the job has taken part in it. */
    KafkaSink<WordCount> results(String topic) {
        return KafkaSink.<WordCount>builder()
                .setKafkaProducerConfig(client)
                .setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS)
                .setBootstrapServers(client.getProperty("bootstrap.servers"))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix("word-pipeline-" + topic)
                .setRecordSerializer(new ResultSchema(topic))
                .build();
    }
}
