package org.pombal.controller.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** Compiles classes as an operator would, against Pombal's, and packs them. */
final class ScalerJar {

    private ScalerJar() {}

    /**
     * A jar.
     *
     * @param name of the class, without its package
     * @param source all of its file; what else it declares is compiled, but not packed
     */
    static Path of(Path folder, String name, String source) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        String path = System.getProperty("java.class.path");
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", path, "-d", folder.toString(), file.toString());
        assertThat(code).isZero();
        String entry = "org/example/" + name + ".class";
        Path jar = folder.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            Files.copy(folder.resolve(entry), out);
        }
        return jar;
    }
}
