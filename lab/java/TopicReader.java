import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints the values of all committed records of a topic, a line each: {@code TopicReader CLIENT_PROPERTIES TOPIC}. */
public final class TopicReader {
    public static void main(String[] args) throws Exception {
        Properties client = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(args[0]))) {
            client.load(reader);
        }
        client.put("isolation.level", "read_committed");
        client.put("enable.auto.commit", "false");
        var out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            var partitions = new ArrayList<TopicPartition>();
            consumer.partitionsFor(args[1]).forEach(each -> partitions.add(new TopicPartition(args[1], each.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // With read_committed, these are where the first open transaction begins.
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> out.println(record.value()));
            }
        }
        out.flush();
    }
}
