package io.sluice.sealed.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The one jar of the plugin's folder: everything it needs, nothing that others could meet, and the licenses. */
class PluginJarIT {
    private static final int JAVA_11 = 55;

    private static JarFile jar() throws IOException {
        Path folder = Path.of(System.getenv("FLINK_PLUGINS_DIR"), "sealed-filesystem");
        String[] jars = folder.toFile().list();
        assertThat(jars).hasSize(1);
        return new JarFile(folder.resolve(jars[0]).toFile());
    }

    @Test
    void allClassesAreOursOrMovedAndForJava11() throws IOException {
        try (JarFile jar = jar()) {
            List<String> classes = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .collect(Collectors.toList());
            assertThat(classes).isNotEmpty().allMatch(name -> name.startsWith("io/sluice/"));
            for (String name : classes) {
                try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
                    in.readInt();
                    in.readUnsignedShort();
                    assertThat(in.readUnsignedShort()).as(name).isLessThanOrEqualTo(JAVA_11);
                }
            }
        }
    }

    @Test
    void theLicensesOfWhatIsInItAreThere() throws IOException {
        try (JarFile jar = jar()) {
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
            assertThat(text(jar, "META-INF/NOTICE"))
                    .containsPattern("com.google.crypto.tink:tink:[0-9.]+")
                    .contains("Copyright Google");
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
