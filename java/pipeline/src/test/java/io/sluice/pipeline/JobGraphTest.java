package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.jsonplan.JsonPlanGenerator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Flink stores of the reference job, and shows by the REST API and in the history server. */
class JobGraphTest {
    private static final String SECRET = "planted-in-the-client-file";
    private static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"flink\"" + " password=\""
                    + SECRET + "\";";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        // As Sluice does it: jobs name a link, which leads into the folder of the process.
        file = folder.resolve("kafka-client.properties");
        Path ofProcess = Files.createDirectory(folder.resolve("taskmanager")).resolve(file.getFileName());
        Files.createSymbolicLink(file, ofProcess);
        Files.writeString(
                ofProcess,
                String.join(
                        "\n",
                        "bootstrap.servers=broker.example:9093",
                        "security.protocol=SASL_SSL",
                        "sasl.mechanism=SCRAM-SHA-512",
                        "sasl.jaas.config=" + JAAS,
                        "ssl.truststore.location=/run/sluice/truststore.p12",
                        "ssl.truststore.password=" + SECRET,
                        "ssl.keystore.key=" + SECRET,
                        "partition.discovery.interval.ms=10000",
                        "login.of.a.plugin=" + SECRET));
    }

    @Test
    void holdsNoSecretOfTheClientFile() throws Exception {
        JobGraph graph = graph();
        String stored = new String(InstantiationUtil.serializeObject(graph), StandardCharsets.ISO_8859_1);
        assertThat(stored)
                .contains("broker.example:9093", "${client:" + file + ":sasl.jaas.config}")
                .doesNotContain(SECRET);
        assertThat(JsonPlanGenerator.generatePlan(graph).toString()).doesNotContain(SECRET);
    }

    @Test
    void isResolvedByEachClientWhereItRuns() throws IOException {
        Map<String, Object> references = new HashMap<>();
        ClientReferences.to(file).forEach((name, value) -> references.put((String) name, value));
        references.put("key.serializer", ByteArraySerializer.class.getName());
        references.put("value.serializer", ByteArraySerializer.class.getName());
        references.put("key.deserializer", ByteArrayDeserializer.class.getName());
        references.put("value.deserializer", ByteArrayDeserializer.class.getName());
        AbstractConfig[] clients = {
            new AdminClientConfig(references), new ProducerConfig(references), new ConsumerConfig(references)
        };
        for (AbstractConfig client : clients) {
            assertThat(client.getPassword("sasl.jaas.config")).isEqualTo(new Password(JAAS));
            assertThat(client.getPassword("ssl.truststore.password")).isEqualTo(new Password(SECRET));
            assertThat(client.getString("security.protocol")).isEqualTo("SASL_SSL");
            assertThat(client.originals()).containsEntry("login.of.a.plugin", SECRET);
        }
    }

    @Test
    void keepsProvidersAndReferencesOfTheClientFile() throws IOException {
        Files.writeString(file, "config.providers=env\nconfig.providers.env.class=E\nsasl.jaas.config=${env:JAAS}\n");
        assertThat(ClientReferences.to(file))
                .containsEntry("config.providers", "env,client")
                .containsEntry("config.providers.env.class", "E")
                .containsEntry("sasl.jaas.config", "${env:JAAS}");
    }

    private JobGraph graph() throws IOException {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        String[] arguments = {
            "--comments",
            "a",
            "--code",
            "b",
            "--results",
            "c",
            "--files",
            folder.toUri().toString(),
            "--index",
            "d"
        };
        WordPipeline.define(
                env, new Topics(file), new Arguments(arguments, WordPipeline.NEEDED, WordPipeline.OPTIONAL));
        return env.getStreamGraph().getJobGraph();
    }
}
