import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.internal.org.objectweb.asm.ClassReader;
import jdk.internal.org.objectweb.asm.ClassVisitor;
import jdk.internal.org.objectweb.asm.ClassWriter;
import jdk.internal.org.objectweb.asm.MethodVisitor;
import jdk.internal.org.objectweb.asm.Opcodes;

/**
 * Writes a recording copy of Flink's Configuration class into a folder. In front of Flink's jars on the class path, it prints a line
 * "reads option KEY" to stderr for each option that is converted. ASM is the JDK's own (Java 17), so that nothing is fetched.
 */
final class RecordReads {
    private static final String CONFIGURATION = "org/apache/flink/configuration/Configuration";
    private static final String OPTION = "org/apache/flink/configuration/ConfigOption";

    public static void main(String[] folder) throws Exception {
        Path target = Path.of(folder[0], CONFIGURATION + ".class");
        Files.createDirectories(target.getParent());
        try (InputStream original = ClassLoader.getSystemResourceAsStream(CONFIGURATION + ".class")) {
            ClassReader reader = new ClassReader(original);
            ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
            reader.accept(recording(writer), 0);
            Files.write(target, writer.toByteArray());
        }
    }

    /** All that converts goes through getOptional, except getEnum. */
    private static ClassVisitor recording(ClassVisitor writer) {
        return new ClassVisitor(Opcodes.ASM8, writer) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
                MethodVisitor method = super.visitMethod(access, name, type, generic, thrown);
                boolean isSynthetic = (access & Opcodes.ACC_SYNTHETIC) != 0;
                int argument = name.equals("getOptional") ? 1 : name.equals("getEnum") ? 2 : 0;
                return argument == 0 || isSynthetic ? method : printing(method, argument);
            }
        };
    }

    private static MethodVisitor printing(MethodVisitor method, int argument) {
        return new MethodVisitor(Opcodes.ASM8, method) {
            @Override
            public void visitCode() {
                super.visitCode();
                visitFieldInsn(Opcodes.GETSTATIC, "java/lang/System", "err", "Ljava/io/PrintStream;");
                visitLdcInsn("reads option ");
                visitVarInsn(Opcodes.ALOAD, argument);
                visitMethodInsn(Opcodes.INVOKEVIRTUAL, OPTION, "key", "()Ljava/lang/String;", false);
                visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "concat",
                        "(Ljava/lang/String;)Ljava/lang/String;", false);
                visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/io/PrintStream", "println", "(Ljava/lang/String;)V", false);
            }
        };
    }
}
