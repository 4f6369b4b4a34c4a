import java.io.BufferedReader;
import java.io.FileReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes the lines of a file into Kafka at a pace: {@code TopicWriter CLIENT_PROPERTIES FILE RECORDS_PER_SECOND}. A line is
 * {@code topic TAB partition TAB value}. A broker that is away for some minutes loses and doubles nothing. Says {@code written N}.
 */
public final class TopicWriter {
    public static void main(String[] args) throws Exception {
        Properties client = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(args[0]))) {
            client.load(reader);
        }
        client.put("acks", "all");
        client.put("enable.idempotence", "true");
        client.put("delivery.timeout.ms", "600000");
        client.put("max.block.ms", "600000");
        client.put("linger.ms", "50");
        double rate = Double.parseDouble(args[2]);
        var failure = new AtomicReference<Exception>();
        long written = 0;
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
                var lines = new BufferedReader(new FileReader(args[1]))) {
            long began = System.nanoTime();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t", 3);
                var record = new ProducerRecord<String, String>(parts[0], Integer.parseInt(parts[1]), null, parts[2]);
                producer.send(record, (metadata, e) -> failure.compareAndSet(null, e));
                if (failure.get() != null) throw failure.get();
                written++;
                if (written % 2000 == 0) System.out.println("written " + written);
                long ahead = (long) (written * 1000 / rate) - (System.nanoTime() - began) / 1_000_000;
                if (ahead > 20) Thread.sleep(ahead);
            }
            producer.flush();
            if (failure.get() != null) throw failure.get();
        }
        System.out.println("written all " + written);
    }
}
