import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Copies the lines of a topic into files, for ever: {@code KafkaToHdfs API TOPIC OUTPUT}. The API is {@code datastream}, which
 * takes the client properties that sluice renders, or {@code sql}, which takes the options of a table beside them. The same
 * source compiles against Flink 1.20 and 2.x.
 */
public final class KafkaToHdfs {

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Path properties = Path.of(System.getenv("KAFKA_CLIENT_PROPERTIES"));
        DataStream<String> lines =
                args[0].equals("sql") ? fromTable(env, properties, args[1]) : fromSource(env, properties, args[1]);
        org.apache.flink.core.fs.Path output = new org.apache.flink.core.fs.Path(args[2]);
        lines.sinkTo(
                FileSink.forRowFormat(output, new SimpleStringEncoder<String>())
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .build());
        env.execute(args[0] + " " + args[1]);
    }

    private static DataStream<String> fromSource(StreamExecutionEnvironment env, Path file, String topic)
            throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        KafkaSource<String> source =
                KafkaSource.<String>builder()
                        .setProperties(properties)
                        .setGroupId("datastream")
                        .setTopics(topic)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setValueOnlyDeserializer(new SimpleStringSchema())
                        .build();
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "kafka");
    }

    private static DataStream<String> fromTable(StreamExecutionEnvironment env, Path properties, String topic)
            throws Exception {
        String with = Files.readString(properties.resolveSibling("kafka-table.sql")).trim();
        String own = ", 'topic' = '" + topic + "', 'format' = 'raw', 'scan.startup.mode' = 'earliest-offset')";
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.executeSql("CREATE TABLE kafka (line STRING) " + with.substring(0, with.length() - 1) + own);
        return tables.toDataStream(tables.from("kafka")).map(row -> (String) row.getField(0));
    }

    private KafkaToHdfs() {}
}
