package org.biodl.jni;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;
import java.util.function.Function;

/** Names that differ between operating systems. */
final class Platform
{
    private Platform()
    {
    }

    /** @return .NET's name of this platform, such as "linux-x64" */
    static String name()
    {
        return name(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static String name(String system, String architecture)
    {
        String s = system.toLowerCase(Locale.ROOT);
        String a = architecture.toLowerCase(Locale.ROOT);
        String os = s.contains("win") && !s.contains("darwin") ? "win" : s.contains("mac") || s.contains("darwin") ? "osx" : "linux";
        String cpu = a.contains("aarch64") || a.contains("arm64") ? "arm64" : a.contains("64") ? "x64" : a;
        return os + "-" + cpu;
    }

    /** @return the file name of a library here, such as "libbiodl_jni.so" */
    static String fileName(String library)
    {
        return System.mapLibraryName(library);
    }

    /**
     * The user's cache folder for this project.
     *
     * @param property of the system properties, such as System::getProperty
     * @param environment such as System::getenv
     */
    static Path cache(Function<String, String> property, Function<String, String> environment)
    {
        String chosen = first(property.apply("biodl.cache"), environment.apply("BIODL_CACHE"));
        if (chosen != null)
            return Paths.get(chosen).toAbsolutePath();
        String home = property.apply("user.home");
        String platform = name(property.apply("os.name"), property.apply("os.arch"));
        if (platform.startsWith("win"))
        {
            String local = environment.apply("LOCALAPPDATA");
            return (local != null && !local.isEmpty() ? Paths.get(local) : Paths.get(home, "AppData", "Local")).resolve("biodl");
        }
        if (platform.startsWith("osx"))
            return Paths.get(home, "Library", "Caches", "biodl");
        String xdg = environment.apply("XDG_CACHE_HOME");
        return (xdg != null && Paths.get(xdg).isAbsolute() ? Paths.get(xdg) : Paths.get(home, ".cache")).resolve("biodl");
    }

    static String first(String... values)
    {
        for (String value : values)
            if (value != null && !value.isEmpty())
                return value;
        return null;
    }
}
