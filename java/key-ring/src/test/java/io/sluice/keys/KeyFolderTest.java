package io.sluice.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {
    @TempDir
    Path folder;

    private KeyFolder keys;

    @BeforeEach
    void name() {
        keys = new KeyFolder(folder);
    }

    @Test
    void keysAreBytesOrBase64AndOneIsPrimary() throws IOException {
        put("2026-01", filled(1));
        put("2026-02", (Base64.getEncoder().encodeToString(filled(2)) + "\n").getBytes());
        put("primary", "2026-02\n".getBytes());
        put("..data", filled(3));
        KeyRing ring = keys.ring();
        assertThat(ring.ids()).containsExactly("2026-01", "2026-02");
        assertThat(ring.primary().id()).isEqualTo("2026-02");
        assertThat(ring.primary().bytes()).isEqualTo(filled(2));
        assertThat(ring.get("2026-01").bytes()).isEqualTo(filled(1));
        assertThat(ring.get("2026-03")).isNull();
        assertThat(ring.primary()).hasToString("key 2026-02");
    }

    @Test
    void aRotationIsSeen() throws IOException {
        put("a", filled(1));
        put("primary", "a".getBytes());
        assertThat(keys.ring().primary().id()).isEqualTo("a");
        put("b", filled(2));
        put("primary", "b ".getBytes());
        assertThat(keys.ring().primary().id()).isEqualTo("b");
    }

    @Test
    void aChangeThatBreaksTheFolderLeavesTheKeysThatWereGood() throws IOException {
        put("a", filled(1));
        put("primary", "a".getBytes());
        KeyRing good = keys.ring();
        put("primary", "gone".getBytes());
        assertThat(keys.ring()).isSameAs(good);
        Files.delete(folder.resolve("a"));
        assertThat(keys.ring()).isSameAs(good);
        put("a", filled(9));
        put("primary", "a".getBytes());
        assertThat(keys.ring().primary().bytes()).isEqualTo(filled(9));
    }

    @Test
    void whatIsWrongIsSaidWithTheFilesNameAndNoneOfItsContent() throws IOException {
        assertThatThrownBy(new KeyFolder(folder.resolve("none"))::ring)
                .hasMessageContaining("mount it, or set SEALED_STATE_KEY_DIR");
        refuses("has no file primary");
        put("primary", "a".getBytes());
        refuses("does not name a key of this folder, which has []");
        put("a", "planted-secret".getBytes());
        refuses("/a is not a key: it takes 32 bytes");
        put("a", (Base64.getEncoder().encodeToString(filled(1)) + "planted-secret").getBytes());
        refuses("/a is not a key: it takes 32 bytes");
        put("a", Arrays.copyOf(filled(1), 33));
        refuses("/a is not a key: it takes 32 bytes");
        put("a", filled(1));
        put("b c", filled(1));
        refuses("b c: the name cannot be a key's id");
    }

    @Test
    void printableCharactersAreReadWithAndNeverEncrypt() throws IOException {
        byte[] printable = "planted-32-printable-characters!".getBytes();
        put("a", printable);
        put("primary", "a".getBytes());
        refuses("/a consists of printable characters, and is not a random key: add a key from openssl rand -base64 32");
        put("a", Base64.getEncoder().encode(printable));
        refuses("/a consists of printable characters");
        put("b", filled(2));
        put("primary", "b".getBytes());
        assertThat(keys.ring().get("a").bytes()).isEqualTo(printable);
        assertThat(keys.ring().primary().id()).isEqualTo("b");
        // A Secret that makes it the primary key again leaves the keys that were good.
        put("primary", "a".getBytes());
        assertThat(keys.ring().primary().id()).isEqualTo("b");
    }

    @Test
    void aRandomKeyMayHoldPrintableCharactersButForOne() throws IOException {
        for (int value : new int[] {0, '\n', 0x1f, 0x7f, 0x80, 0xff}) {
            byte[] almost = "planted-32-printable-characters!".getBytes();
            almost[7] = (byte) value;
            put("a", almost);
            put("primary", "a".getBytes());
            assertThat(new KeyFolder(folder).ring().primary().bytes()).isEqualTo(almost);
        }
    }

    private void refuses(String message) {
        assertThatThrownBy(keys::ring)
                .isInstanceOf(KeyFolderException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("planted");
    }

    private void put(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[Key.LENGTH];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
