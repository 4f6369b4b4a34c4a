import java.io.FileInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;

/** Opens a PKCS#12 store with the first provider that can: prints the providers, and {@code opened} or the reason why not. */
public final class OpenStore {
    public static void main(String[] args) throws GeneralSecurityException {
        System.out.println(Security.getProviders()[0].getName());
        try (FileInputStream file = new FileInputStream(args[0])) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, args[1].toCharArray());
            System.out.println(store.getKey(store.aliases().nextElement(), args[1].toCharArray()) == null ? "empty" : "opened");
        } catch (IOException | GeneralSecurityException e) {
            System.out.println(e.getMessage());
        }
    }
}
