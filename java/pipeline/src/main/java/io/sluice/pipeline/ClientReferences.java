package io.sluice.pipeline;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * A Kafka client file for a job graph, which Flink keeps in its storage of high availability: secrets are references, which each
 * client resolves where it runs (KIP-297, Kafka's FileConfigProvider). The file needs the same path in each container.
 */
final class ClientReferences {

    private static final String PROVIDER = "client";
    private static final String PROVIDERS = "config.providers";

    private static final List<ConfigDef> KAFKA =
            List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

    /** Options that Flink's connector reads itself, before Kafka could resolve a reference. None of them is secret. */
    private static final Set<String> OF_FLINK = Set.of(
            KafkaSourceOptions.CLIENT_ID_PREFIX.key(),
            KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
            KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS.key(),
            KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(),
            "register.producer.metrics",
            "flink.disable-metrics");

    private ClientReferences() {}

    static Properties to(Path file) throws IOException {
        Properties client = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            client.load(reader);
        }
        Properties references = new Properties();
        for (String name : client.stringPropertyNames()) {
            String value = client.getProperty(name);
            boolean isLiteral = isPublic(name) || value.startsWith("${");
            references.setProperty(name, isLiteral ? value : "${" + PROVIDER + ":" + file + ":" + name + "}");
        }
        String others = client.getProperty(PROVIDERS);
        references.setProperty(PROVIDERS, others == null ? PROVIDER : others + "," + PROVIDER);
        references.setProperty(PROVIDERS + "." + PROVIDER + ".class", FileConfigProvider.class.getName());
        references.setProperty(PROVIDERS + "." + PROVIDER + ".param.allowed.paths", file.toString());
        return references;
    }

    /** Whether a value may be seen. One that neither Kafka nor Flink knows may be a secret of a plugin. */
    private static boolean isPublic(String name) {
        return name.startsWith(PROVIDERS)
                || OF_FLINK.contains(name)
                || KAFKA.stream()
                        .map(options -> options.configKeys().get(name))
                        .anyMatch(option -> option != null && option.type != ConfigDef.Type.PASSWORD);
    }
}
