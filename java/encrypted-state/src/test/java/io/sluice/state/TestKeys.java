package io.sluice.state;

import java.util.Arrays;
import java.util.Map;

/** Keys in memory: of each id, 32 bytes that are the same in each run. */
final class TestKeys implements StateKeys {
    private final String primary;
    private final Map<String, byte[]> keys;

    private TestKeys(String primary, Map<String, byte[]> keys) {
        this.primary = primary;
        this.keys = keys;
    }

    /** The first one is the primary key. */
    static TestKeys of(String... ids) {
        Map<String, byte[]> keys = new java.util.TreeMap<>();
        for (String id : ids) {
            byte[] key = new byte[32];
            Arrays.fill(key, (byte) id.hashCode());
            keys.put(id, key);
        }
        return new TestKeys(ids[0], keys);
    }

    @Override
    public String primary() {
        return primary;
    }

    @Override
    public byte[] key(String id) throws StateEncryptionException {
        byte[] key = keys.get(id);
        if (key == null) {
            throw new StateEncryptionException("there is no key " + id);
        }
        return key;
    }
}
