package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static Arguments read(String... arguments) {
        return new Arguments(arguments, Set.of("index", "files"), Set.of("until"));
    }

    @Test
    void readsNamesAndValues() {
        Arguments arguments = read("--index", "words", "--files", "--odd");
        assertThat(arguments.get("index")).isEqualTo("words");
        assertThat(arguments.get("files")).isEqualTo("--odd");
        assertThat(arguments.get("until", "never")).isEqualTo("never");
    }

    @Test
    void saysAllThatIsWrong() {
        assertThatThrownBy(() -> read("--indx", "a", "--until", "b", "--until", "c"))
                .hasMessageContaining("--indx is unknown")
                .hasMessageContaining("--until is unknown, has no value, or is there twice")
                .hasMessageContaining("--index is missing")
                .hasMessageContaining("--files is missing");
        assertThatThrownBy(() -> read("--index", "words", "--files")).hasMessageContaining("--files");
    }
}
