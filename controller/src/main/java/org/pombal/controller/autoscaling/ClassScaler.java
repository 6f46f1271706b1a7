package org.pombal.controller.autoscaling;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A class of the operator's, from a jar; loaded when it is needed first, and again only after a restart. */
final class ClassScaler implements Autoscaler {

    private final Path jar;
    private final String className;
    private @Nullable Autoscaler loaded;

    ClassScaler(Path jar, String className) {
        this.jar = requireNonNull(jar, "jar is null");
        this.className = requireNonNull(className, "className is null");
    }

    @Override
    public int desiredNumberOfBackends(ScaledSite site) throws Exception {
        Autoscaler scaler = loaded;
        if (scaler == null) {
            scaler = load();
            loaded = scaler;
        }
        return scaler.desiredNumberOfBackends(site);
    }

    // The classes of the jar are needed as long as the controller runs.
    @SuppressWarnings("resource")
    private Autoscaler load() throws IOException {
        if (!Files.isReadable(jar)) {
            throw new IOException(jar + " (AUTOSCALER_JAR) cannot be read");
        }
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassScaler.class.getClassLoader());
        try {
            return made(loader);
        } catch (IOException e) {
            loader.close();
            throw e;
        }
    }

    private Autoscaler made(ClassLoader loader) throws IOException {
        try {
            Object made = Class.forName(className, true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
            if (made instanceof Autoscaler scaler) {
                return scaler;
            }
            throw new IOException(named() + " does not implement " + Autoscaler.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IOException(named() + " is not in " + jar + " (AUTOSCALER_JAR)", e);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IOException(
                    named() + " is no public class with a public constructor without parameters: " + e, e);
        } catch (InvocationTargetException e) {
            throw new IOException(named() + " cannot be made, its constructor throws " + e.getCause(), e);
        } catch (LinkageError e) {
            throw new IOException(named() + " of " + jar + " cannot be loaded: " + e, e);
        }
    }

    private String named() {
        return "class " + className + " (AUTOSCALER_CLASS)";
    }
}
